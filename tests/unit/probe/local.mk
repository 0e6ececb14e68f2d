EXTRA_DIST += tests/unit/probe/signed.zone tests/unit/probe/signed.anchor \
	tests/fake/dnsd.py tests/fake/httpd.py tests/fake/signzone.py tests/fake/tls.pem
