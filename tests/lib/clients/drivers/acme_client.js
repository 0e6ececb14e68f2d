#!/usr/bin/node
// SPDX-License-Identifier: BSD-2-Clause
// acme-client of npm: register; issue KIND KEY-FILE CHAIN-FILE NAME; revoke CHAIN-FILE;
// change_key; deactivate.
'use strict';
const acme = require('acme-client');
const { execFileSync } = require('child_process');
const fs = require('fs');

const env = process.env;
const contact = { termsOfServiceAgreed: true, contact: ['mailto:admin@client.example'] };

function client() {
	return new acme.Client({
		directoryUrl: env.ACME_DIRECTORY,
		accountKey: fs.readFileSync(env.ACME_ACCOUNT_KEY),
		externalAccountBinding: { kid: env.ACME_KID, hmacKey: env.ACME_MAC },
	});
}

async function register() {
	fs.writeFileSync(env.ACME_ACCOUNT_KEY, await acme.crypto.createPrivateEcdsaKey());
	await client().createAccount(contact);
}

function hook(what) {
	return async (authz, challenge, keyAuthorization) => {
		execFileSync(env.ACME_HOOK, [what, challenge.type, authz.identifier.value,
			challenge.token, keyAuthorization]);
	};
}

async function issue(kind, keyFile, chainFile, name) {
	const [, csr] = await acme.crypto.createCsr({ altNames: [name] }, fs.readFileSync(keyFile));
	fs.writeFileSync(chainFile, await client().auto({
		...contact, csr, challengePriority: [kind], skipChallengeVerification: true,
		challengeCreateFn: hook('begin'), challengeRemoveFn: hook('done'),
	}));
}

async function known() {
	const c = client();
	await c.createAccount({ onlyReturnExisting: true });
	return c;
}

async function revoke(chainFile) {
	await (await known()).revokeCertificate(fs.readFileSync(chainFile), { reason: 4 });
}

async function changeKey() {
	const key = await acme.crypto.createPrivateRsaKey();
	await (await known()).updateAccountKey(key);
	fs.writeFileSync(env.ACME_ACCOUNT_KEY, key);
}

async function deactivate() {
	await (await known()).updateAccount({ status: 'deactivated' });
}

({ register, issue, revoke, change_key: changeKey, deactivate })[process.argv[2]](...process.argv.slice(3)).catch((e) => {
	console.error(e);
	process.exit(1);
});
