#ifndef CXML_H
#define CXML_H
/* The door to libxml2. No libxml2 header is visible here, so none is visible to Swift. */
#include <stddef.h>
void cxml_init(void);
#endif
