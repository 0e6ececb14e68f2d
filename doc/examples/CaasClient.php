<?php
// SPDX-License-Identifier: BSD-2-Clause
//
// A client of the CaaS partner API, for PHP 8.2 with its openssl extension and nothing
// else.  Copy this file; doc/partner-guide.md explains the calls.
//
//	$caas = new CaasClient('https://ca.example.net/products/!ACMEAdmin', 'my-hosting', $password);
//	$customer = $caas->preregister($caas->listServers()[0]['serverUrl']);
//	$caas->addDomain($customer['acmeAccountID'], 'shop.example', withWww: true);

declare(strict_types=1);

/** What the API refused: the HTTP status, its type and the text of the refusal. */
final class CaasError extends RuntimeException
{
    public function __construct(
        public readonly int $status,
        public readonly string $type,
        string $detail,
    ) {
        parent::__construct($detail);
    }
}

final class CaasClient
{
    private const TRIES = 3;
    private const PRESENT = 'The domain name is already present in the subscription.';

    /** @param ?string $caFile authorities to trust instead of the system's */
    public function __construct(
        private readonly string $url,
        private readonly string $loginName,
        #[SensitiveParameter] private readonly string $loginPassword,
        private readonly ?string $caFile = null,
        private readonly int $timeout = 30,
    ) {
    }

    /** The directories that this reseller may sell: serverUrl, productID and so on. */
    public function listServers(): array
    {
        return $this->call('LISTSERVERS')['Servers'];
    }

    /** A new customer: acmeAccountID, and eabMACIDb64url and eabMACKeyb64url for its ACME client. */
    public function preregister(string $serverUrl, int $years = 1): array
    {
        return $this->call('PREREGISTER', ['serverUrl' => $serverUrl, 'years' => $years])['Accounts'][0];
    }

    /** What a name would cost now, in cents; nothing is bought. */
    public function quoteDomain(string $account, string $name, bool $withWww = false): int
    {
        return self::cents($this->call('ADDDOMAIN', ['acmeAccountID' => $account, 'domainName' => $name,
            'addAssociatedFQDN' => $withWww ? 'Y' : 'N', 'quoteOnly' => 'Y'])['cost']);
    }

    /**
     * Buy a name: what it cost in cents.  One that is there already costs nothing, so a
     * call whose answer was lost is simply made again.
     */
    public function addDomain(string $account, string $name, bool $withWww = false): int
    {
        try {
            return self::cents($this->call('ADDDOMAIN', ['acmeAccountID' => $account,
                'domainName' => $name, 'addAssociatedFQDN' => $withWww ? 'Y' : 'N'])['cost']);
        } catch (CaasError $e) {
            if ($e->getMessage() === self::PRESENT) {
                return 0;
            }
            throw $e;
        }
    }

    /** The names that went: a paid one takes along the one that it carried for free. */
    public function removeDomain(string $account, string $name): array
    {
        return array_column($this->call('REMOVEDOMAIN',
            ['acmeAccountID' => $account, 'domainName' => $name])['Domains'], 'domainName');
    }

    /** What another term for all names of the customer costs, in cents. */
    public function quoteExtension(string $account, int $years = 1): int
    {
        return self::cents($this->call('EXTENDDOMAINS',
            ['acmeAccountID' => $account, 'years' => $years, 'quoteOnly' => 'Y'])['cost']);
    }

    /** Buy another term for all names, at the earliest 100 days before the end: the cost in cents. */
    public function extend(string $account, int $years = 1): int
    {
        return self::cents($this->call('EXTENDDOMAINS',
            ['acmeAccountID' => $account, 'years' => $years])['cost']);
    }

    /** Name => end of its subscription. */
    public function listDomains(string $account): array
    {
        return array_column($this->call('LISTDOMAINS', ['acmeAccountID' => $account])['Domains'],
            'expiresAt', 'domainName');
    }

    /** All accounts, or those that share the external account of one. */
    public function listAccounts(?string $account = null): array
    {
        $which = $account === null ? []
            : ['acmeAccountID' => $account, 'includeAdditionalAccounts' => 'Y'];
        return $this->call('LISTACCOUNTS', $which)['Accounts'];
    }

    /** The newest certificate order of every name. */
    public function lastOrders(string $account): array
    {
        return $this->call('GETLASTORDER',
            ['acmeAccountID' => $account, 'includeAdditionalAccounts' => 'Y'])['Orders'];
    }

    /** No certificates until unsuspend(); how many accounts changed. */
    public function suspend(string $account): int
    {
        return $this->call('SUSPENDACCOUNT', ['acmeAccountID' => $account])['nRecordsUpdated'];
    }

    public function unsuspend(string $account): int
    {
        return $this->call('UNSUSPENDACCOUNT', ['acmeAccountID' => $account])['nRecordsUpdated'];
    }

    /** For good. */
    public function deactivate(string $account): int
    {
        return $this->call('DEACTIVATEACCOUNT', ['acmeAccountID' => $account])['nRecordsUpdated'];
    }

    /**
     * Any action.  429 and 503 are tried again, with the same key, so that nothing is done
     * twice.  Give a key of your own, and keep it with your order, if you may have to ask
     * again yourself: within a day the answer is that of the first time.
     */
    public function call(string $action, array $arguments = [], ?string $key = null): array
    {
        $key ??= bin2hex(random_bytes(16));
        $body = http_build_query(['action' => $action, 'loginName' => $this->loginName,
            'loginPassword' => $this->loginPassword] + $arguments);
        for ($try = 1;; $try++) {
            [$status, $headers, $text] = $this->post($body, $key);
            if (($status !== 429 && $status !== 503) || $try === self::TRIES) {
                break;
            }
            sleep(min((int) ($headers['retry-after'] ?? 2 ** $try), 30));
        }
        $answer = json_decode($text, true);
        if ($status === 200 && is_array($answer)) {
            return $answer;
        }
        throw new CaasError($status, $answer['type'] ?? 'about:blank',
            $answer['detail'] ?? "HTTP status $status");
    }

    /** [status, headers by lower-case name, body] */
    private function post(string $body, string $key): array
    {
        $context = stream_context_create([
            'http' => ['method' => 'POST', 'content' => $body, 'ignore_errors' => true,
                'timeout' => $this->timeout, 'follow_location' => 0,
                'header' => ['Content-Type: application/x-www-form-urlencoded',
                    "Idempotency-Key: \"$key\""]],
            'ssl' => $this->caFile === null ? [] : ['cafile' => $this->caFile],
        ]);
        $text = @file_get_contents($this->url, false, $context);
        if ($text === false) {
            throw new CaasError(0, 'about:blank', 'No answer: ' . (error_get_last()['message'] ?? ''));
        }
        $headers = [];
        foreach (array_slice($http_response_header, 1) as $line) {
            [$name, $value] = explode(':', $line, 2) + [1 => ''];
            $headers[strtolower($name)] = trim($value);
        }
        return [(int) explode(' ', $http_response_header[0])[1], $headers, $text];
    }

    /** Amounts have two decimals; sums are made of whole cents. */
    private static function cents(int|float $amount): int
    {
        return (int) round($amount * 100);
    }
}
