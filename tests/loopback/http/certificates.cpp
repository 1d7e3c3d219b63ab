#include "certificates.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>

namespace conductor::test {
namespace {

template <auto Free>
struct free_with {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};

using key_pointer = std::unique_ptr<EVP_PKEY, free_with<EVP_PKEY_free>>;
using certificate_pointer = std::unique_ptr<X509, free_with<X509_free>>;
using file_pointer = std::unique_ptr<std::FILE, free_with<std::fclose>>;

void require(bool condition, char const* what) {
    if (!condition) throw std::runtime_error(what);
}

file_pointer open_file(std::string const& path, char const* mode) {
    file_pointer file(std::fopen(path.c_str(), mode));
    require(file != nullptr, "fopen");
    return file;
}

void add_extension(X509* certificate, X509* issuer, int kind, std::string const& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    std::unique_ptr<X509_EXTENSION, free_with<X509_EXTENSION_free>> const extension(
        X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
    require(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "extension");
}

certificate_pointer unsigned_certificate(certificate_request const& request, int serial,
                                         EVP_PKEY* key) {
    constexpr long seconds_a_day = 24L * 60 * 60;
    certificate_pointer certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()),
                    request.valid_from_days * seconds_a_day);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()),
                    request.valid_until_days * seconds_a_day);
    X509_set_pubkey(certificate.get(), key);
    auto const* name = reinterpret_cast<unsigned char const*>(request.common_name.c_str());
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC, name,
                               -1, -1, 0);
    return certificate;
}

identity store(std::filesystem::path const& folder, int serial, X509* certificate, EVP_PKEY* key) {
    auto const stem = (folder / std::to_string(serial)).string();
    identity const files{stem + ".crt", stem + ".key"};
    require(PEM_write_X509(open_file(files.cert_file, "w").get(), certificate) == 1, "write");
    require(PEM_write_PrivateKey(open_file(files.key_file, "w").get(), key, nullptr, nullptr, 0,
                                 nullptr, nullptr) == 1,
            "write");
    return files;
}

certificate_pointer read_certificate(std::string const& path) {
    return certificate_pointer(
        PEM_read_X509(open_file(path, "r").get(), nullptr, nullptr, nullptr));
}

key_pointer read_key(std::string const& path) {
    return key_pointer(PEM_read_PrivateKey(open_file(path, "r").get(), nullptr, nullptr, nullptr));
}

std::filesystem::path make_folder() {
    auto pattern = (std::filesystem::temp_directory_path() / "conductor-tls-XXXXXX").string();
    require(::mkdtemp(pattern.data()) != nullptr, "mkdtemp");
    return pattern;
}

}  // namespace

certificate_authority::certificate_authority() : folder_(make_folder()) {
    key_pointer const key(EVP_EC_gen("P-256"));
    auto const certificate = unsigned_certificate({"Test authority", ""}, 1, key.get());
    auto* const self = certificate.get();
    X509_set_issuer_name(self, X509_get_subject_name(self));
    add_extension(self, self, NID_basic_constraints, "critical,CA:TRUE");
    require(X509_sign(self, key.get(), EVP_sha256()) > 0, "sign");
    self_ = store(folder_, serial_, self, key.get());
}

certificate_authority::~certificate_authority() { std::filesystem::remove_all(folder_); }

identity certificate_authority::issue(certificate_request const& request) {
    auto const issuer = read_certificate(self_.cert_file);
    key_pointer const key(EVP_EC_gen("P-256"));
    auto const certificate = unsigned_certificate(request, ++serial_, key.get());
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer.get()));
    if (!request.names.empty())
        add_extension(certificate.get(), issuer.get(), NID_subject_alt_name, request.names);
    auto const issuer_key = read_key(self_.key_file);
    require(X509_sign(certificate.get(), issuer_key.get(), EVP_sha256()) > 0, "sign");
    return store(folder_, serial_, certificate.get(), key.get());
}

std::string certificate_authority::locked_key_file(identity const& of) const {
    auto const path = (folder_ / "locked.key").string();
    std::string password = "open";
    auto* const bytes = reinterpret_cast<unsigned char*>(password.data());
    require(PEM_write_PrivateKey(open_file(path, "w").get(), read_key(of.key_file).get(),
                                 EVP_aes_256_cbc(), bytes, static_cast<int>(password.size()),
                                 nullptr, nullptr) == 1,
            "write");
    return path;
}

}  // namespace conductor::test
