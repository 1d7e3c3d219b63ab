#pragma once

#include <filesystem>
#include <string>

namespace conductor::test {

/** @brief A certificate with its key, in PEM files. */
struct identity {
    /** @brief The certificate. */
    std::string cert_file;
    /** @brief The private key. */
    std::string key_file;
};

/** @brief What a certificate is for. */
struct certificate_request {
    /** @brief The subject's common name. */
    std::string common_name;
    /** @brief Subject alternative names in OpenSSL's notation, `DNS:a,IP:127.0.0.1`. */
    std::string names;
    /** @brief From how many days ago it is valid. */
    int valid_from_days = -1;
    /** @brief Until how many days from now it is valid. */
    int valid_until_days = 1;
};

/** @brief A certificate authority that lives as long as a test, in a folder of its own. */
class certificate_authority {
public:
    certificate_authority();
    certificate_authority(certificate_authority const&) = delete;
    certificate_authority& operator=(certificate_authority const&) = delete;
    ~certificate_authority();

    /** @brief The authority's own certificate. */
    std::string const& ca_file() const { return self_.cert_file; }
    /** @brief Issues a certificate. */
    identity issue(certificate_request const& request);

    /** @brief The key of an identity, behind a password. */
    std::string locked_key_file(identity const& of) const;

private:
    std::filesystem::path folder_;
    identity self_;
    int serial_ = 1;
};

}  // namespace conductor::test
