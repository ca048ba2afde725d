#include "schema.h"

#include <libxml/xmlschemas.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PROBLEMS = 100 /* the first hundred show the pattern */, MAX_MESSAGE = 1024 };

struct cxml_schema {
    xmlSchemaPtr schema;
};

typedef struct {
    int line;
    char message[MAX_MESSAGE];
} problem;

struct schema_run {
    xmlSchemaValidCtxtPtr valid;
    xmlSchemaSAXPlugPtr plug;
    xmlParserCtxtPtr context;
    size_t count;
    problem problems[MAX_PROBLEMS];
};

#if LIBXML_VERSION >= 21200
typedef const xmlError *reported_problem;
#else
typedef xmlError *reported_problem;
#endif

static void ignore(void *user, reported_problem error) { (void)user, (void)error; }

static void on_problem(void *user, reported_problem error) {
    schema_run *run = user;
    if (run->count == MAX_PROBLEMS || error->message == NULL) return;
    problem *found = &run->problems[run->count++];
    found->line = run->context->input ? run->context->input->line : 0;
    snprintf(found->message, sizeof found->message, "%s", error->message);
    found->message[strcspn(found->message, "\r\n")] = '\0';
}

cxml_schema *cxml_schema_new(const void *bytes, size_t count) {
    cxml_start();
    if (count > INT32_MAX) return NULL;
    /* From memory: the library asks for no file, so a schema that includes others cannot be used. */
    xmlSchemaParserCtxtPtr parser = xmlSchemaNewMemParserCtxt(bytes, (int)count);
    if (parser == NULL) return NULL;
    xmlSchemaSetParserStructuredErrors(parser, (xmlStructuredErrorFunc)ignore, NULL);
    xmlSchemaPtr read = xmlSchemaParse(parser);
    xmlSchemaFreeParserCtxt(parser);
    if (read == NULL) return NULL;
    cxml_schema *schema = calloc(1, sizeof *schema);
    if (schema == NULL) abort();
    schema->schema = read;
    return schema;
}

void cxml_schema_free(cxml_schema *schema) {
    if (schema == NULL) return;
    xmlSchemaFree(schema->schema);
    free(schema);
}

schema_run *schema_begin(const cxml_schema *schema, xmlParserCtxtPtr context) {
    schema_run *run = calloc(1, sizeof *run);
    if (run == NULL) abort();
    run->context = context;
    run->valid = xmlSchemaNewValidCtxt(schema->schema);
    if (run->valid == NULL) abort();
    xmlSchemaSetValidStructuredErrors(run->valid, (xmlStructuredErrorFunc)on_problem, run);
    run->plug = xmlSchemaSAXPlug(run->valid, &context->sax, &context->userData);
    if (run->plug != NULL) return run;
    schema_end(run);
    return NULL;
}

void schema_end(schema_run *run) {
    if (run == NULL) return;
    if (run->plug != NULL) xmlSchemaSAXUnplug(run->plug);
    xmlSchemaFreeValidCtxt(run->valid);
    free(run);
}

size_t schema_problems(const schema_run *run) { return run == NULL ? 0 : run->count; }

const char *schema_problem(const schema_run *run, size_t place, int *line) {
    *line = run->problems[place].line;
    return run->problems[place].message;
}
