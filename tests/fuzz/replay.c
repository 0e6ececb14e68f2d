/* SPDX-License-Identifier: BSD-2-Clause */
/* Gives a fuzz target every file of its corpus: tests/fuzz/corpus/NAME.  TAP. */
#include <dirent.h>

#include "fuzz.h"

#define INPUT_MAX	((size_t)1024 * 1024)

static void
replay(const char *dir, const char *name)
{
	char path[512];
	uint8_t *bytes = malloc(INPUT_MAX), *exact;
	size_t n;
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/%s", dir, name);
	if (bytes == NULL || (f = fopen(path, "rb")) == NULL) {
		perror(path);
		exit(99);
	}
	n = fread(bytes, 1, INPUT_MAX, f);
	(void)fclose(f);
	/* In memory of that size, so that a sanitizer sees a read behind it. */
	if ((exact = malloc(n + (n == 0))) == NULL)
		exit(99);
	memcpy(exact, bytes, n);
	free(bytes);
	(void)LLVMFuzzerTestOneInput(exact, n);
	free(exact);
}

int
main(int argc, char **argv)
{
	const char *name = strrchr(argv[0], '/'), *src = getenv("srcdir");
	unsigned n = 0;
	struct dirent *d;
	char dir[256];
	DIR *dp;

	if (argc > 1)
		(void)snprintf(dir, sizeof(dir), "%s", argv[1]);
	else
		(void)snprintf(dir, sizeof(dir), "%s/tests/fuzz/corpus/%s",
		    src != NULL ? src : ".", name != NULL ? name + 1 : argv[0]);
	if ((dp = opendir(dir)) == NULL) {
		perror(dir);
		return 99;
	}
	while ((d = readdir(dp)) != NULL)
		if (d->d_name[0] != '.') {
			replay(dir, d->d_name);
			(void)printf("ok %u - %s\n", ++n, d->d_name);
			(void)fflush(stdout);
		}
	(void)closedir(dp);
	(void)printf("1..%u\n", n);
	return n != 0 ? 0 : 1;
}
