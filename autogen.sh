#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Make configure and the Makefile templates.
set -eu
cd "$(dirname "$0")"
mkdir -p build-aux
exec autoreconf --install --force --warnings=all,no-obsolete,no-portability
