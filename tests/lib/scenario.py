# SPDX-License-Identifier: BSD-2-Clause
"""Plays the files of tests/scenario against a stack; tests/scenario/README is the manual."""

import json
import re
import shlex

from acme import URN, Client, Key, csr

SPANS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
FINAL = ("valid", "invalid")


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


class Scenario:
    """One run of one file."""

    def __init__(self, stack, partner, net, clock, path):
        self.stack, self.partner, self.net, self.clock = stack, partner, net, clock
        self.lines = path.read_text().splitlines()
        self.name = path.stem
        self.reply = None
        self.clients = {}
        self.orders = {}
        self.bindings = {}
        directory = Client(stack).directory
        self.vars = {k: v for k, v in directory.items() if isinstance(v, str)}
        self.vars["directory"] = stack.directory_url

    def play(self):
        for number, line in enumerate(self.lines, 1):
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            try:
                word, *args = shlex.split(line)
                getattr(self, "do_" + word.lower())(*args)
            except AssertionError as e:
                raise Failed(f"{self.name}.scn:{number}: {line.strip()}: {e}\n"
                             f"last reply: {self.reply}") from e

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
        """A client whose key has no account yet."""
        self.clients[name] = Client(self.stack, Key(alg))

    def do_register(self, name, *options):
        """newAccount of a client made by KEY; eab=BINDING, terms=yes|no, JSON=..."""
        client, opt = self.clients[name], dict(o.split("=", 1) for o in options)
        more = json.loads(opt.get("with", "{}"))
        self.reply = client.new_account(self.bindings.get(opt.get("eab")),
                                        terms={"yes": True, "no": None}[opt.get("terms", "yes")],
                                        **more)
        if self.reply.status in (200, 201):
            client.kid = self.vars[name] = self.reply.location

    def do_order(self, name, who, *names):
        self.reply = self.clients[who].new_order(*names)
        if self.reply.status == 201:
            self.orders[name] = (self.clients[who], self.reply.json)
            self.vars[name] = self.reply.location

    def authzs(self, order, names):
        client, doc = self.orders[order]
        for url in doc["authorizations"]:
            authz = client.get(url)
            shown = ("*." if authz.get("wildcard") else "") + authz["identifier"]["value"]
            if not names or shown in names:
                yield client, url, authz

    def do_serve(self, order, kind, *names):
        """Put the right answer where the validator will look."""
        for client, url, _ in self.authzs(order, names):
            client.serve(url, self.net, kind)

    def do_respond(self, order, kind, *names):
        """Post the challenges and wait until each is decided."""
        for client, url, _ in self.authzs(order, names):
            _, chall = client.challenge(url, kind)
            self.reply = client.post(chall["url"], {})
            assert self.reply.status == 200, self.reply
            client.poll(chall["url"], lambda c: c["status"] in FINAL)

    def do_validate(self, order, kind, *names):
        self.do_serve(order, kind, *names)
        self.do_respond(order, kind, *names)

    def do_finalize(self, order, *names):
        """With a CSR for these names; none: those of the order."""
        client, doc = self.orders[order]
        names = names or [i["value"] for i in doc["identifiers"]]
        self.reply = client.finalize(doc, csr(list(names)))
        if self.reply.status == 200:
            client.poll(self.vars[order], lambda o: o["status"] in FINAL)

    def do_post(self, url, *args):
        """POST URL as=CLIENT [jwk] [JSON]; without JSON it is POST-as-GET."""
        opt = dict(a.split("=", 1) for a in args if re.match(r"(as|alg|nonce|url)=", a))
        rest = [a for a in args if not re.match(r"(as|alg|nonce|url)=", a)]
        client = self.clients[opt["as"]]
        how = {"jwk": client.key.jwk()} if "jwk" in rest else {}
        protected = {k: self.put(v) for k, v in opt.items() if k in ("alg", "nonce", "url")}
        body = [a for a in rest if a != "jwk"]
        payload = json.loads(self.put(body[0])) if body else None
        self.reply = client.post(self.put(url), payload, protected=protected, **how)

    def do_send(self, method, url, *args):
        """Bytes as they are: SEND METHOD URL [type=...] [BODY]."""
        opt = dict(a.split("=", 1) for a in args if a.startswith("type="))
        body = [a for a in args if not a.startswith("type=")]
        client = Client(self.stack)
        self.reply = client.send(self.put(url), self.put(body[0]) if body else "",
                                 content_type=opt.get("type"), method=method)

    # -- what came of it

    def do_let(self, name, source, path):
        value = dig(self.reply.json, path) if source == "json" else self.reply.header(path)
        assert value is not None, "there is none"
        self.vars[name] = value

    def do_want(self, what, *args):
        if what.isdigit():
            assert self.reply.status == int(what), f"got {self.reply.status}"
            if args:
                doc = self.reply.json
                assert doc["type"].rsplit(":", 1)[1] == args[0], doc
        elif what == "order":
            self.want_order(*args)
        else:
            getattr(self, "want_" + what)(*args)

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
