#!/usr/bin/ruby
# SPDX-License-Identifier: BSD-2-Clause
# ruby-acme-client: register; issue KIND KEY-FILE CHAIN-FILE NAME; revoke CHAIN-FILE;
# change_key; deactivate.
require 'acme-client'
require 'openssl'

def client
  Acme::Client.new(
    private_key: OpenSSL::PKey.read(File.read(ENV['ACME_ACCOUNT_KEY'])),
    directory: ENV['ACME_DIRECTORY'], bad_nonce_retry: 3,
    connection_options: { ssl: { ca_file: ENV['ACME_CA'] } })
end

def hook(what, kind, name, chall)
  proof = kind == 'http-01' ? chall.file_content : chall.record_content
  system(ENV['ACME_HOOK'], what, kind, name, chall.token, proof, exception: true)
end

# The last state of a challenge or an order, which are asked for a second long.
def settled(object, waiting)
  200.times do
    return object.status unless waiting.include?(object.status)
    sleep 0.1
    object.reload
  end
  object.status
end

def register
  client.new_account(contact: 'mailto:admin@client.example', terms_of_service_agreed: true)
end

def issue(kind, key_file, chain_file, name)
  acme = client
  acme.new_account(contact: 'mailto:admin@client.example', terms_of_service_agreed: true)
  order = acme.new_order(identifiers: [name])
  chall = order.authorizations.first.then { |a| kind == 'http-01' ? a.http : a.dns }
  hook('begin', kind, name, chall)
  chall.request_validation
  state = settled(chall, %w[pending processing])
  raise "challenge is #{state}: #{chall.error}" unless state == 'valid'
  hook('done', kind, name, chall)
  key = OpenSSL::PKey.read(File.read(key_file))
  order.finalize(csr: Acme::Client::CertificateRequest.new(private_key: key, names: [name]))
  state = settled(order, %w[pending ready processing])
  raise "order is #{state}" unless state == 'valid'
  File.write(chain_file, order.certificate)
end

def revoke(chain_file)
  acme = client
  acme.revoke(certificate: OpenSSL::X509::Certificate.new(File.read(chain_file)).to_pem, reason: 4)
end

def change_key
  acme = client
  acme.kid
  key = OpenSSL::PKey::RSA.new(2048)
  acme.account_key_change(new_private_key: key)
  File.write(ENV['ACME_ACCOUNT_KEY'], key.to_pem)
end

def deactivate
  acme = client
  acme.kid
  acme.account_deactivate
end

send(ARGV[0], *ARGV[1..])
