#define _GNU_SOURCE
#include "clinux.h"

#include <unistd.h>

int clinux_syncfs(int descriptor) { return syncfs(descriptor); }
