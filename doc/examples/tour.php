#!/usr/bin/env php
<?php
// SPDX-License-Identifier: BSD-2-Clause
//
// A customer's life with CaasClient: tour.php begin|renew URL LOGIN PASSWORD-FILE CA-FILE.
// begin makes a customer, buys a name, locks it for a while and prints its account;
// renew ACCOUNT ... buys another year for it.

declare(strict_types=1);

require __DIR__ . '/CaasClient.php';

function euros(int $cents): string
{
    return number_format($cents / 100, 2);
}

function begin(CaasClient $caas): void
{
    $server = $caas->listServers()[0]['serverUrl'];
    $customer = $caas->preregister($server);
    $account = $customer['acmeAccountID'];
    echo "for its ACME client: $server, key id {$customer['eabMACIDb64url']}\n";

    echo 'quote ', euros($caas->quoteDomain($account, 'php.example', withWww: true)), "\n";
    echo 'bought for ', euros($caas->addDomain($account, 'php.example', withWww: true)), "\n";
    echo 'and again for ', euros($caas->addDomain($account, 'php.example')), "\n";
    foreach ($caas->listDomains($account) as $name => $end) {
        echo "$name until $end\n";
    }

    echo 'suspended ', $caas->suspend($account), "\n";
    echo 'is ', $caas->listAccounts($account)[0]['accountStatus'], "\n";
    echo 'reinstated ', $caas->unsuspend($account), "\n";
    try {
        $caas->extend($account);
    } catch (CaasError $e) {
        echo "too early: {$e->getMessage()}\n";
    }
    echo "account $account\n";
}

function renew(CaasClient $caas, string $account): void
{
    echo 'quote ', euros($caas->quoteExtension($account)), "\n";
    echo 'extended for ', euros($caas->extend($account)), "\n";
    foreach ($caas->listDomains($account) as $name => $end) {
        echo "$name until $end\n";
    }
}

$what = $argv[1];
$account = $what === 'renew' ? $argv[2] : '';
[$url, $login, $passwordFile, $caFile] = array_slice($argv, $what === 'renew' ? 3 : 2);
$caas = new CaasClient($url, $login, trim(file_get_contents($passwordFile)), $caFile);
$what === 'renew' ? renew($caas, $account) : begin($caas);
