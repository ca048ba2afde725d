/* libFuzzer brings its own main; this file makes the target an executable and hands each input on. */
#include <sanitizer/lsan_interface.h>
#include <stddef.h>
#include <stdint.h>

void sluice_fuzz_begin(void);
int sluice_fuzz(const uint8_t *bytes, size_t count);

/* Layouts live as long as the program. Leak sanitizer cannot see all of them: Swift keeps an enum's case in the
 * upper bits of its pointer. */
int LLVMFuzzerInitialize(int *count, char ***arguments) {
    (void)count, (void)arguments;
    __lsan_disable();
    sluice_fuzz_begin();
    __lsan_enable();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) { return sluice_fuzz(bytes, count); }
