# SPDX-License-Identifier: BSD-2-Clause
"""The bundle model, which nobody here has a right to."""

import pytest
from partner import Partner, refused


@pytest.mark.parametrize("action,args", [
    ("CANCELSUBSCRIPTION", {}),
    ("ADDBUNDLE", {"domainType": "fqdn", "numberOfDomains": "10"}),
    ("ADDBUNDLE", {"domainType": "wildcard", "numberOfDomains": "5", "quoteOnly": "Y"})])
def test_refused(stack, partner, action, args):
    """E10; nothing changes; another reseller's account is unknown first (R-4)"""
    account = partner.binding("bundle.example")[0]
    before = partner.row()
    refused(partner.call(action, acmeAccountID=account, **args), "E10")
    refused(Partner(stack, "LOGIN2").call(action, acmeAccountID=account, **args), "E3",
            "acmeAccountID")
    assert partner.row() == before
    refused(partner.add(account, "bundle.example"), "E18")


@pytest.mark.parametrize("args,name", [
    ({"domainType": "FQDN", "numberOfDomains": "1"}, "domainType"),
    ({"domainType": "fqdn", "numberOfDomains": "2"}, "numberOfDomains"),
    ({"domainType": "wildcard", "numberOfDomains": "10"}, "numberOfDomains")])
def test_values(partner, args, name):
    """E3: partner-api 4.13's values, before E10"""
    refused(partner.call("ADDBUNDLE", acmeAccountID="x" * 22, **args), "E3", name)
