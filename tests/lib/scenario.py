# SPDX-License-Identifier: BSD-2-Clause
"""Plays the files of tests/scenario against a stack; tests/scenario/README is the manual."""

import json
import os
import re
import shlex
import signal

import csr as pkcs10
from acme import URN, Client, Key, alpn_cert, at_once, b64, chain, csr
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.serialization import Encoding
from outside import is_alive, kill
from stack import wait_until

SPANS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
FINAL = ("valid", "invalid")
# What each of these is answered must be looked at before the next of them is sent.
REQUESTS = frozenset(("PARTNER", "REGISTER", "ORDER", "FINALIZE", "POST", "SEND", "PARALLEL",
                      "KEYCHANGE"))
ON_REPLY = frozenset(("json", "text", "no", "header", "detail", "replies"))
TLS_MODES = ("plain", "tls11", "hang", "close", "reset", "http", "other")
POST_OPTIONS = re.compile(r"(as|alg|nonce|url|kid|key|drop|sig|member|http)=")


class Failed(AssertionError):
    """A line that did not come out as it says."""


def dig(value, path):
    """a.b.0.c of a JSON value; None where there is nothing."""
    for part in path.split("."):
        if isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        elif isinstance(value, dict):
            value = value.get(part)
        else:
            return None
    return value


def text_of(value):
    return value if isinstance(value, str) else json.dumps(value)


def options(args, pattern):
    """({key: value}, the other arguments)"""
    opt = dict(a.split("=", 1) for a in args if pattern.match(a))
    return opt, [a for a in args if not pattern.match(a)]


def damaged(signature, how):
    """An ECDSA signature of two equal halves, spoilt."""
    half = len(signature) // 2
    r, s = (int.from_bytes(part, "big") for part in (signature[:half], signature[half:]))
    forms = {"flip": lambda: signature[:-1] + bytes([signature[-1] ^ 1]),
             "der": lambda: utils.encode_dss_signature(r, s),
             "short": lambda: signature[:-1],
             "long": lambda: signature + b"\0",
             "zero": lambda: bytes(len(signature)),
             "zero-r": lambda: bytes(half) + signature[half:],
             "zero-s": lambda: signature[:half] + bytes(half),
             "big": lambda: b"\xff" * len(signature),
             "none": lambda: b""}
    assert how in forms, f"sig is one of {' '.join(forms)}"
    return forms[how]()


def odd_csr(how, names, key):
    """A CSR for these names with something in it that no certificate may come of."""
    p, dns = pkcs10, [pkcs10.dns(n) for n in names]
    request = lambda *extensions: p.make(key, p.ext_req(*extensions))  # noqa: E731
    forms = {"email": lambda: request(p.san(*dns, p.email("a@" + names[0]))),
             "nul": lambda: request(p.san(*dns, p.dns(names[0].encode() + b"\0.evil.example"))),
             "twice": lambda: request(p.san(*dns), p.san(*dns)),
             "ca": lambda: request(p.san(*dns), p.extension("2.5.29.19", p.seq(b"\x01\x01\xff"), True)),
             "sha1": lambda: p.make(key, p.ext_req(p.san(*dns)), alg=p.ECDSA_SHA1),
             "trailing": lambda: request(p.san(*dns)) + b"\0"}
    assert how in forms, f"csr is one of {' '.join(forms)}"
    return forms[how]()


class Damaging:
    """A key whose signatures come out spoilt."""

    def __init__(self, key, how):
        self.key, self.how, self.alg = key, how, key.alg

    def jwk(self):
        return self.key.jwk()

    def sign(self, data):
        return damaged(self.key.sign(data), self.how)


class Scenario:
    """One run of one file."""

    def __init__(self, stack, partner, net, clock, path):
        self.stack, self.partner, self.net, self.clock = stack, partner, net, clock
        self.lines = path.read_text().splitlines()
        self.name = path.stem
        self.reply = None
        self.replies = []
        self.unseen = None      # the line of a request of which nothing was expected yet
        self.cert_keys = {}
        self.clients = {}
        self.orders = {}
        self.bindings = {}
        self.frozen = set()
        directory = Client(stack).directory
        self.vars = {k: v for k, v in directory.items() if isinstance(v, str)}
        self.vars["directory"] = stack.directory_url

    def play(self):
        try:
            for number, line in enumerate(self.lines, 1):
                if line.strip() and not line.lstrip().startswith("#"):
                    self.step(number, line)
        finally:
            for pid in filter(is_alive, self.frozen):
                os.kill(pid, signal.SIGCONT)
        if self.unseen:
            raise Failed(f"{self.name}.scn:{self.unseen}: nothing is expected of it")

    def step(self, number, line):
        try:
            word, *args = shlex.split(line)
            verb = getattr(self, "do_" + word.lower(), None)
            assert verb and word.isupper(), f"{word} is no word"
            if word in REQUESTS:
                assert not self.unseen, f"nothing is expected of line {self.unseen}"
                self.unseen = number
            verb(*args)
            if word == "WANT" and (args[0].isdigit() or args[0] in ON_REPLY):
                self.unseen = None
        except Exception as e:
            raise Failed(f"{self.name}.scn:{number}: {line.strip()}: "
                         f"{type(e).__name__}: {e}\nlast reply: {self.reply}") from e

    def put(self, text):
        """$name stands for a value that an earlier line gave."""
        return re.sub(r"\$(\w+)", lambda m: str(self.vars[m.group(1)]), text)

    # -- the world

    def do_time(self, span):
        assert re.fullmatch(r"\+\d+[smhd]", span), "TIME +NUMBER s|m|h|d"
        self.clock.move(int(span[1:-1]) * SPANS[span[-1]])
        for client in self.clients.values():
            client.nonces.clear()

    def do_dns(self, name, kind, *values):
        self.net.set(name, kind, *map(self.put, values))
        # A name with records of its own no longer has those of the wildcard.
        if kind == "CAA" and (name, "A") not in self.net.records:
            self.net.set(name, "A", "127.0.0.1")

    def do_http(self, *rule):
        self.net.rule(" ".join(json.dumps(w) if " " in w or not w else w for w in rule))

    def do_binding(self, name, *names):
        self.bindings[name] = self.partner.binding(*names)
        self.vars[name] = self.bindings[name][0]

    def do_partner(self, action, *args):
        self.reply = self.partner.call(action, **dict(self.put(a).split("=", 1) for a in args))

    # -- clients

    def do_account(self, name, binding, alg="ES256"):
        client = Client(self.stack, Key(alg)).register(self.bindings[binding])
        self.clients[name] = client
        self.vars[name] = client.kid

    def do_key(self, name, alg="ES256"):
        """A client whose key has no account yet; $NAME_x and so on are its JWK's members."""
        self.clients[name] = Client(self.stack, Key(alg))
        for member, value in self.clients[name].key.jwk().items():
            self.vars[f"{name}_{member}"] = value

    def do_register(self, name, *args):
        """newAccount of a client made by KEY"""
        opt, rest = options(args, re.compile(r"(eab|eab\.\w+|terms|with)="))
        assert not rest, f"not understood: {rest}"
        client = self.clients[name]
        more = json.loads(self.put(opt.get("with", "{}")))
        if "eab" in opt:
            more["externalAccountBinding"] = self.inner_eab(client, opt)
        self.reply = client.new_account(terms={"yes": True, "no": None}[opt.get("terms", "yes")],
                                        **more)
        if self.reply.status in (200, 201):
            client.kid = self.vars[name] = self.reply.location

    def do_eab(self, name, who, binding):
        """$NAME is the externalAccountBinding of a client, for a newAccount by POST."""
        self.vars[name] = json.dumps(self.inner_eab(self.clients[who], {"eab": binding}))

    def inner_eab(self, client, opt):
        """The inner JWS of a binding; eab.PART spoils a part of it."""
        how = {k[4:]: self.put(v) for k, v in opt.items() if k.startswith("eab.")}
        assert how.keys() <= {"kid", "mac", "alg", "url", "key", "header"}, how
        kid, mac = self.bindings[opt["eab"]]
        return client.eab(how.get("kid", kid), how.get("mac", mac), url=how.get("url"),
                          alg=how.get("alg", "HS256"),
                          key=self.clients[how["key"]].key if "key" in how else None,
                          protected=json.loads(how.get("header", "{}")))

    def do_order(self, name, who, *names):
        self.reply = self.clients[who].new_order(*(
            {"type": "ip", "value": n[3:]} if n.startswith("ip:") else self.put(n)
            for n in names))
        if self.reply.status == 201:
            self.orders[name] = (self.clients[who], self.reply.json)
            self.vars[name] = self.reply.location

    def authzs(self, order, names):
        client, doc = self.orders[order]
        left = set(names)
        for url in doc["authorizations"]:
            authz = client.get(url)
            shown = ("*." if authz.get("wildcard") else "") + authz["identifier"]["value"]
            if not names or shown in names:
                left.discard(shown)
                yield client, url, authz
        assert not left, f"not of this order: {left}"

    def do_serve(self, order, kind, *names):
        """Put the right answer where the validator will look."""
        for client, url, _ in self.authzs(order, names):
            chall = client.serve(url, self.net, kind)
            self.vars[order + "_txt"] = client.txt(chall["token"])

    def do_alpn(self, order, *args):
        """SERVE of tls-alpn-01 with a certificate that is not right."""
        opt, rest = options(args, re.compile(r"(critical|extra|issuer)="))
        assert opt and not rest, args
        for client, url, authz in self.authzs(order, ()):
            _, chall = client.challenge(url, "tls-alpn-01")
            name = authz["identifier"]["value"]
            names = [name] + ([opt["extra"]] if "extra" in opt else [])
            self.net.cert(name, alpn_cert(
                name, client.digest(chall["token"]), [x509.DNSName(n) for n in names],
                critical=opt.get("critical") != "no",
                issuer_key=self.clients[opt["issuer"]].key.private if "issuer" in opt else None))

    def do_respond(self, order, kind, *args):
        """Post the challenges and wait until each is decided."""
        opt, names = options(args, re.compile(r"wait="))
        for client, url, _ in self.authzs(order, names):
            _, chall = client.challenge(url, kind)
            self.reply = client.post(chall["url"], {})
            assert self.reply.status == 200, self.reply
            if opt.get("wait") != "no":
                client.poll(chall["url"], lambda c: c["status"] in FINAL)

    def do_validate(self, order, kind, *names):
        self.do_serve(order, kind, *names)
        self.do_respond(order, kind, *names)

    def do_finalize(self, order, *args):
        """With a CSR for these names; none: those of the order."""
        opt, names = options(args, re.compile(r"(as|cn|key|csr|wait)="))
        owner, doc = self.orders[order]
        client = self.clients[opt["as"]] if "as" in opt else owner
        names = names or [i["value"] for i in doc["identifiers"]]
        key = (self.clients[opt["key"]].key.private if "key" in opt
               else ec.generate_private_key(ec.SECP256R1()))
        self.reply = client.finalize(doc, odd_csr(opt["csr"], names, key) if "csr" in opt else
                                     csr(list(names), key, opt.get("cn")))
        if self.reply.status == 200:
            if opt.get("wait") != "no":
                owner.poll(self.vars[order], lambda o: o["status"] in FINAL)
            self.cert_keys[order] = key

    def do_await(self, order, status):
        """Read the order until it is that, whatever happens to the service meanwhile."""
        client, _ = self.orders[order]

        def arrived():
            r = client.post(self.vars[order])
            assert r.status in (200, 503), r
            return r.status == 200 and r.json["status"] == status
        wait_until(arrived, 60, f"order {status}", 0.1)

    def do_csr(self, name, order):
        """$NAME is a CSR for an order, as finalize takes it."""
        _, doc = self.orders[order]
        self.vars[name] = b64(csr([i["value"] for i in doc["identifiers"]]))

    def do_download(self, order):
        """$ORDER_cert is the certificate as revokeCert takes it."""
        client, _ = self.orders[order]
        self.reply = client.post(client.get(self.vars[order])["certificate"])
        assert self.reply.status == 200, self.reply
        leaf = chain(self.reply.body)[0]
        self.vars[order + "_cert"] = b64(leaf.public_bytes(Encoding.DER))

    def do_certkey(self, name, order):
        """A client that signs with the key of the order's certificate."""
        self.clients[name] = Client(self.stack, Key("ES256", self.cert_keys[order]))

    def signed(self, url, args, client=None):
        """(client, JWS as it says)"""
        opt, rest = options(args, POST_OPTIONS)
        client = client or self.clients[opt["as"]]
        key = self.clients[opt["key"]].key if "key" in opt else client.key
        how = {"jwk": key.jwk()} if "jwk" in rest else {}
        header = {k: self.put(v) for k, v in opt.items() if k in ("alg", "nonce", "url", "kid")}
        header.update(json.loads(self.put(opt.get("member", "{}"))))
        body = [a for a in rest if a != "jwk"]
        assert len(body) <= 1, f"not understood: {body[:-1]}"
        return client, client.sign(self.put(url), self.put(body[0]) if body else None,
                                   key=Damaging(key, opt["sig"]) if "sig" in opt else key,
                                   protected=header, drop=opt.get("drop", "").split(","), **how)

    def do_post(self, url, *args):
        """POST URL as=CLIENT ... [JSON]; without JSON it is POST-as-GET."""
        client, jws = self.signed(url, args)
        self.reply = client.send(self.put(url), jws, headers=self.fields(args))

    def fields(self, args):
        """The header fields of http='NAME: VALUE'."""
        return dict(self.put(a[5:]).split(": ", 1) for a in args if a.startswith("http="))

    def do_jws(self, name, url, *args):
        """What POST would send: $NAME, and its parts $NAME_protected and so on."""
        _, jws = self.signed(url, args)
        self.vars[name] = json.dumps(jws)
        self.vars.update({f"{name}_{part}": text for part, text in jws.items()})

    def do_nonce(self, name, who):
        self.vars[name] = self.clients[who].nonce()

    def do_parallel(self, count, url, *args):
        """The same POST so many times at once, each on a connection of its own."""
        who = next(a[3:] for a in args if a.startswith("as="))
        twins = [self.clients[who].twin() for _ in range(int(count))]
        bodies = [self.signed(url, args, twin)[1] for twin in twins]
        self.replies = at_once([lambda t=t, b=b: t.send(self.put(url), b)
                                for t, b in zip(twins, bodies)])
        self.reply = self.replies[0]

    def do_keychange(self, who, new, *args):
        """keyChange to the key of another client; the options spoil the inner JWS."""
        client = self.clients[who]
        self.reply = client.post(self.vars["keyChange"], self.inner_change(who, new, args))
        if self.reply.status == 200:
            client.key = self.clients[new].key

    def do_inner(self, name, who, new):
        """$NAME is the inner JWS of a keyChange, for a POST of one's own."""
        self.vars[name] = json.dumps(self.inner_change(who, new, ()))

    def inner_change(self, who, new, args):
        opt, rest = options(args, re.compile(r"(account|oldkey|url|member)="))
        assert not rest, f"not understood: {rest}"
        client, key = self.clients[who], self.clients[new].key
        old = self.clients[opt["oldkey"]].key if "oldkey" in opt else client.key
        payload = {"account": self.put(opt.get("account", client.kid)), "oldKey": old.jwk()}
        member = json.loads(self.put(opt.get("member", "{}")))
        return client.sign(self.put(opt.get("url", "$keyChange")), payload, jwk=key.jwk(), key=key,
                           protected=member, drop=() if "nonce" in member else ("nonce",),
                           nonce="none")

    def do_kill(self, part):
        """SIGKILL to every process of a part: responder, validator, signer or mariadb."""
        for pid in self.pids(part):
            kill(pid)
        for client in self.clients.values():
            client.nonces.clear()

    def do_freeze(self, part):
        """SIGSTOP: what it is given now stays in its hands, until it is killed."""
        for pid in self.pids(part):
            os.kill(pid, signal.SIGSTOP)
            self.frozen.add(pid)

    def do_restart(self, part):
        self.stack.restart(part)

    def pids(self, part):
        pids = self.stack.pids(part)
        assert pids, f"there is no {part}"
        return pids

    def do_tls(self, name, mode):
        """How the TLS server speaks for a name (tests/fake/tlsalpnd.py)."""
        assert mode in TLS_MODES, f"a mode is one of {' '.join(TLS_MODES)}"
        (self.net.certs / f"{name}.mode").write_text(mode)

    def do_send(self, method, url, *args):
        """Bytes as they are: SEND METHOD URL [type=...] [BODY]."""
        opt, body = options(args, re.compile("(type|http)="))
        client = Client(self.stack)
        self.reply = client.send(self.put(url), self.put(body[0]) if body else "",
                                 content_type=opt.get("type"), method=method,
                                 headers=self.fields(args))

    # -- what came of it

    def do_let(self, name, source, path):
        value = dig(self.reply.json, path) if source == "json" else self.reply.header(path)
        assert value is not None, "there is none"
        self.vars[name] = value

    def do_repeat(self, name, count, text, tail=""):
        """$NAME is a text so many times over, and a tail; # in the text is the number."""
        self.vars[name] = "".join(text.replace("#", str(i)) for i in range(int(count))) + tail

    def do_cut(self, name, source, first, last):
        """$NAME is a part of $SOURCE, counted from 0, without the last."""
        self.vars[name] = self.vars[source][int(first):int(last)]

    def do_lower(self, name, source):
        self.vars[name] = self.vars[source].lower()

    def do_want(self, what, *args):
        if what.isdigit():
            assert self.reply.status == int(what), f"got {self.reply.status}"
            if args:
                doc = self.reply.problem()
                assert doc["type"] == URN + args[0], doc
        elif what == "order":
            self.want_order(*args)
        else:
            getattr(self, "want_" + what)(*args)

    def want_replies(self, *wants):
        """Of a PARALLEL: STATUS=COUNT, all of them."""
        left = {k: int(v) for k, v in (w.split("=") for w in wants)}
        for reply in self.replies:
            status = str(reply.status)
            left[status if status in left else status[0] + "xx"] -= 1
        assert not any(left.values()), sorted(r.status for r in self.replies)

    def want_same(self, header):
        """Of a PARALLEL: all have that header, with one value."""
        got = {r.header(header) for r in self.replies}
        assert len(got) == 1 and got != {None}, got

    def want_order(self, order, *wants):
        client, _ = self.orders[order]
        doc = client.get(self.vars[order])
        for want in wants:
            key, value = want.split("=", 1)
            got = dig(doc, "error.type") if key == "error" else dig(doc, key)
            value = URN + value if key == "error" else self.put(value)
            assert got is not None and text_of(got) == value, f"{key} is {got}"

    def want_json(self, path, value=None):
        got = dig(self.reply.json, path)
        assert got is not None, f"no {path}"
        if value is not None:
            assert text_of(got) == self.put(value), f"{path} is {got}"

    def want_text(self, path, text):
        got = dig(self.reply.json, path)
        assert isinstance(got, str) and text in got, f"{path} is {got}"

    def want_no(self, path):
        assert dig(self.reply.json, path) is None, f"{path} is there"

    def want_header(self, name, value=None):
        got = self.reply.all(name)
        assert got, f"no {name}"
        if value is not None:
            assert self.put(value) in got, f"{name} is {got}"

    def want_detail(self, text):
        assert self.put(text) in self.reply.json["detail"], self.reply.json["detail"]

    def want_rows(self, count, table):
        """How many rows a table has: nothing was left behind."""
        assert re.fullmatch(r"\w+", table)
        got = self.stack.sql(f"SELECT COUNT(*) FROM {table}")[0][0]
        base = self.vars.get("rows_" + table)
        assert int(got) - int(base or 0) == int(count), f"{table} has {got} rows, had {base}"

    def do_note(self, table):
        """Remember how many rows a table has; WANT rows counts from there."""
        assert re.fullmatch(r"\w+", table)
        self.vars["rows_" + table] = self.stack.sql(f"SELECT COUNT(*) FROM {table}")[0][0]
