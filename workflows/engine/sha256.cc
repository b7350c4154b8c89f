#include "workflows/engine/sha256.h"

#include <openssl/evp.h>

#include "workflows/engine/check.h"

namespace kasundo {
namespace {

// One digest context per thread: fetching the algorithm for each hash doubles its price.
class Digest {
 public:
  Digest() : algorithm_(EVP_MD_fetch(nullptr, "SHA256", nullptr)), context_(EVP_MD_CTX_new()) {
    KASUNDO_CHECK(algorithm_ != nullptr && context_ != nullptr);
  }
  ~Digest() {
    EVP_MD_CTX_free(context_);
    EVP_MD_free(algorithm_);
  }
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;

  std::string Hash(std::string_view first, std::string_view second, std::string_view third) {
    std::string hash(32, '\0');
    KASUNDO_CHECK(EVP_DigestInit_ex2(context_, algorithm_, nullptr) == 1);
    for (const std::string_view part : {first, second, third}) {
      KASUNDO_CHECK(EVP_DigestUpdate(context_, part.data(), part.size()) == 1);
    }
    KASUNDO_CHECK(
        EVP_DigestFinal_ex(context_, reinterpret_cast<unsigned char*>(hash.data()), nullptr) == 1);
    return hash;
  }

 private:
  EVP_MD* algorithm_;
  EVP_MD_CTX* context_;
};

Digest& ThreadDigest() {
  thread_local Digest digest;
  return digest;
}

}  // namespace

std::string Sha256(std::string_view bytes, std::string_view more, std::string_view last) {
  return ThreadDigest().Hash(bytes, more, last);
}

}  // namespace kasundo
