#include "ccrypto.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <stdlib.h>

struct ccrypto_sha256 {
    EVP_MD_CTX *context;
};

static void must(int ok) {
    if (ok != 1) abort(); /* only out of memory or a broken library gets here */
}

ccrypto_sha256 *ccrypto_sha256_new(void) {
    ccrypto_sha256 *hash = malloc(sizeof *hash);
    if (hash == NULL) return NULL;
    hash->context = EVP_MD_CTX_new();
    must(hash->context != NULL && EVP_DigestInit_ex(hash->context, EVP_sha256(), NULL));
    return hash;
}

void ccrypto_sha256_update(ccrypto_sha256 *hash, const void *bytes, size_t count) {
    must(EVP_DigestUpdate(hash->context, bytes, count));
}

void ccrypto_sha256_finish(ccrypto_sha256 *hash, uint8_t digest[32]) {
    must(EVP_DigestFinal_ex(hash->context, digest, NULL));
    must(EVP_DigestInit_ex(hash->context, NULL, NULL));
}

void ccrypto_sha256_free(ccrypto_sha256 *hash) {
    if (hash == NULL) return;
    EVP_MD_CTX_free(hash->context);
    free(hash);
}

struct ccrypto_hmac {
    EVP_MAC *mac;
    EVP_MAC_CTX *context;
};

ccrypto_hmac *ccrypto_hmac_new(const uint8_t *key, size_t count) {
    ccrypto_hmac *hmac = malloc(sizeof *hmac);
    if (hmac == NULL) return NULL;
    hmac->mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    must(hmac->mac != NULL);
    hmac->context = EVP_MAC_CTX_new(hmac->mac);
    must(hmac->context != NULL);
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, "SHA256", 0),
        OSSL_PARAM_construct_end(),
    };
    must(EVP_MAC_init(hmac->context, key, count, params));
    return hmac;
}

void ccrypto_hmac_sign(ccrypto_hmac *hmac, const void *bytes, size_t count, uint8_t mac[32]) {
    size_t length = 0;
    must(EVP_MAC_init(hmac->context, NULL, 0, NULL)); /* the key stays */
    must(EVP_MAC_update(hmac->context, bytes, count));
    must(EVP_MAC_final(hmac->context, mac, &length, 32));
}

void ccrypto_hmac_free(ccrypto_hmac *hmac) {
    if (hmac == NULL) return;
    EVP_MAC_CTX_free(hmac->context);
    EVP_MAC_free(hmac->mac);
    free(hmac);
}

int ccrypto_random(uint8_t *bytes, size_t count) {
    return RAND_bytes(bytes, (int)count) == 1;
}

int ccrypto_scrypt(const char *password, size_t password_count, const uint8_t *salt, size_t salt_count, uint64_t n,
                   uint64_t r, uint64_t p, uint8_t *key, size_t key_count) {
    /* 128 n r bytes are worked in; the limit is twice that and a little. */
    uint64_t limit = 256 * n * r + (1 << 20);
    return EVP_PBE_scrypt(password, password_count, salt, salt_count, n, r, p, limit, key, key_count) == 1;
}

int ccrypto_equal(const void *one, const void *other, size_t count) { return CRYPTO_memcmp(one, other, count) == 0; }
