# SPDX-License-Identifier: BSD-2-Clause
"""A binding with a long past, loaded by SQL: what reports must not read, and what they must."""

# Far above what the service hands out.
NUMBERS = 2000000000
# Of row ids: what was made this long ago and more is not made again.
MS = 1 << 22
INSERTS = """
SET @b := {binding}, @sub := {sub}, @r := {reseller}, @t := {first}, @now := {now};
SET @number := GREATEST({numbers}, (SELECT COALESCE(MAX(number), 0) FROM transactions),
    (SELECT COALESCE(MAX(number), 0) FROM orders), (SELECT COALESCE(MAX(number), 0) FROM certs));

INSERT INTO transactions (id, number, reseller_id, subscription_id, type, cents, days, created_at)
    SELECT @t + seq, @number + seq, @r, @sub, 1, 0, 365, @now - 86400 FROM seq_1_to_{names};
INSERT INTO transaction_names (transaction_id, name, is_wildcard, cents)
    SELECT @t + seq, {name}, 0, 0 FROM seq_1_to_{names};
INSERT INTO subscription_names (id, subscription_id, name, is_wildcard, is_paid, transaction_id,
    added_at, is_active)
    SELECT @t + seq, @sub, {name}, 0, 1, @t + seq, @now - 86400, 1 FROM seq_1_to_{names};

INSERT INTO orders (id, number, account_id, status, authz_left, expires_at, profile, idents, authzs,
    finalize_jws, cert_id, created_at, collected_at)
    SELECT @t + {names} + seq, @number + {names} + seq, {account}, 4, 0, @now, 'default',
        CONCAT('dns:', {cert_name}), '', REPEAT('j', 800), @t + {names} + seq, @now - 3600, @now
    FROM seq_1_to_{certs};
INSERT INTO certs (id, number, order_id, account_id, issuer_id, serial, not_before_at, not_after_at,
    spki_sha256, profile, crl_shard, created_at)
    SELECT o.id, o.number, o.id, o.account_id, {issuer}, UNHEX(LPAD(HEX(o.id), 40, '7')), @now - 3600,
        @now + 86400 * 60, UNHEX(SHA2(o.id, 256)), 'default', 0, @now - 3600
    FROM orders o WHERE o.id > @t + {names} AND o.id <= @t + {names} + {certs};
INSERT INTO cert_ders (id, der) SELECT c.id, REPEAT('d', 900) FROM certs c
    WHERE c.id > @t + {names} AND c.id <= @t + {names} + {certs};
INSERT INTO serials (serial, issuer_id, order_id, status, cert_id, created_at)
    SELECT c.serial, c.issuer_id, c.order_id, 2, c.id, c.created_at FROM certs c
    WHERE c.id > @t + {names} AND c.id <= @t + {names} + {certs};
INSERT INTO name_orders (binding_id, name, is_wildcard, account_id, order_id)
    SELECT @b, {name}, 0, {account}, @t + {certs} + seq FROM seq_1_to_{names};
INSERT INTO revocations (cert_id, issuer_id, reason, revoked_at)
    SELECT @t + {certs} + seq, {issuer}, 4, @now FROM seq_1_to_{names} WHERE seq % 100 = 0;

INSERT INTO transactions (id, number, reseller_id, subscription_id, type, cents, days, created_at)
    SELECT @t + {names} + seq, @number + {names} + seq, @r, @sub, 2, 0, 365, @now - 60
    FROM seq_1_to_{extensions};
INSERT INTO transaction_names (transaction_id, name, is_wildcard, cents)
    SELECT @t + {names} + x.seq, n.name, 0, 0 FROM seq_1_to_{extensions} x JOIN subscription_names n
    ON n.subscription_id = @sub AND n.is_active = 1;

INSERT INTO accounts (id, server_id, binding_id, reseller_id, acme_account_id, status, user_agent,
    ip_address, last_activity_at, created_at)
    SELECT {account} + seq, server_id, @b, @r, CONCAT(LEFT(key_id, 12), LPAD(seq, 10, '0')), 2,
        'history/1', '192.0.2.1', @now - seq, @now FROM bindings, seq_1_to_{accounts}
    WHERE id = @b AND {accounts} > 1;
"""
TABLES = ("transactions transaction_names subscription_names orders certs cert_ders serials "
          "name_orders revocations accounts subscriptions bindings").split()


def load(partner, label, names, certs, extensions=2, accounts=2, age_days=0):
    """
    The key id of a new binding with that many more names, certificates of them in turn (the
    newest of each are the last), extensions of all names, and accounts; all of it so old.
    """
    key = partner.binding(f"{label}.history.example")[0]
    sql = partner.stack.sql
    [[binding, reseller, sub, account, first]] = sql(
        "SELECT b.id, b.reseller_id, s.id, a.id, GREATEST((SELECT MAX(id) FROM audit), COALESCE("
        f"(SELECT MAX(id) FROM certs), 0)) + {MS} "
        "FROM bindings b JOIN subscriptions s ON s.binding_id = b.id JOIN accounts a ON "
        "a.binding_id = b.id JOIN transactions t ON t.subscription_id = s.id "
        f"WHERE b.key_id = '{key}'")
    [[issuer, now]] = sql("SELECT MIN(id), UNIX_TIMESTAMP() FROM issuers")
    now = int(now) - age_days * 86400
    first = int(first) - age_days * 86400000 * MS
    sql(INSERTS.format(binding=binding, reseller=reseller, sub=sub, account=account, first=first,
                       issuer=issuer, now=now, names=names, certs=certs, extensions=extensions,
                       accounts=accounts, numbers=NUMBERS,
                       name=f"CONCAT('n', LPAD(seq, 6, '0'), '.{label}.history.example')",
                       cert_name=f"CONCAT('n', LPAD((seq - 1) % {names} + 1, 6, '0'), "
                                 f"'.{label}.history.example')"))
    return key


def settle(stack):
    """The optimizer knows what was loaded, as it does after a while by itself."""
    stack.sql(f"ANALYZE TABLE {', '.join(TABLES)}")


def more_accounts(p, key, n):
    """n more accounts of a binding."""
    [[first]] = p.stack.sql("SELECT MAX(id) + 1 FROM accounts")
    p.stack.sql("INSERT INTO accounts (id, server_id, binding_id, reseller_id, acme_account_id, "
                f"status, created_at) SELECT {first} + seq, server_id, id, reseller_id, "
                f"CONCAT('{key[:12]}-', LPAD(seq, 6, '0')), 4, 0 FROM bindings, seq_1_to_{n} "
                f"WHERE key_id = '{key}'")
