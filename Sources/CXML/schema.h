#ifndef CXML_SCHEMA_H
#define CXML_SCHEMA_H
/* Validation of the document that a parser is pushed, beside its own callbacks. */
#include "cxml.h"

#include <libxml/parser.h>

/* Starts the library with its doors closed, once. */
void cxml_start(void);

typedef struct schema_run schema_run;

/* Begins to validate what this context parses, before its first byte; NULL where the schema cannot be used. */
schema_run *schema_begin(const cxml_schema *, xmlParserCtxtPtr);
/* Gives the context its own callbacks back and forgets the problems. */
void schema_end(schema_run *);
size_t schema_problems(const schema_run *);
const char *schema_problem(const schema_run *, size_t place, int *line);
#endif
