#include <contract/secret_source.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace conductor::workers {
namespace {

// A folder of its own for each test program, removed at the end.
class SecretSourceTest : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = testing::TempDir() + "secrets-XXXXXX";
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        folder_ = pattern;
    }
    void TearDown() override {
        unsetenv("SECRET_SOURCE_TEST");
        unsetenv("CREDENTIALS_DIRECTORY");
        std::filesystem::remove_all(folder_);
    }
    std::string write(std::string const& name, std::string const& content) {
        std::ofstream{folder_ / name, std::ios::binary} << content;
        return (folder_ / name).string();
    }
    // As systemd leaves it.
    std::string write_credential(std::string const& content) {
        setenv("CREDENTIALS_DIRECTORY", folder_.c_str(), 1);
        auto const path = write("conductor_secret", content);
        std::filesystem::permissions(path, std::filesystem::perms::owner_read);
        return path;
    }
    static std::string fault_of_credential() {
        auto const got = read("credential:conductor_secret");
        return got.has_error() ? got.error().detail : "none";
    }
    static result<secret> read(std::string_view reference) {
        auto reader = make_secret_reader(reference);
        if (reader.has_error()) return reader.error();
        secret_source source;
        source.add("github", *reader);
        return source.read("github");
    }

    std::filesystem::path folder_;
};

TEST_F(SecretSourceTest, ReadsAnEnvironmentVariableEachTime) {
    secret_source source;
    source.add("github", *make_secret_reader("env:SECRET_SOURCE_TEST"));
    setenv("SECRET_SOURCE_TEST", "old", 1);
    EXPECT_EQ(source.read("github")->reveal(), "old");
    setenv("SECRET_SOURCE_TEST", "new", 1);
    EXPECT_EQ(source.read("github")->reveal(), "new");
}

TEST_F(SecretSourceTest, SaysWhichVariableIsMissing) {
    auto const got = read("env:SECRET_SOURCE_TEST");
    ASSERT_TRUE(got.has_error());
    EXPECT_EQ(got.error().detail,
              "secret github: environment variable SECRET_SOURCE_TEST is not set");
}

TEST_F(SecretSourceTest, ReadsAFileWithoutItsLineEnd) {
    EXPECT_EQ(read("file:" + write("a", "k3y\n"))->reveal(), "k3y");
    EXPECT_EQ(read("file:" + write("b", "k3y\r\n"))->reveal(), "k3y");
    EXPECT_EQ(read("file:" + write("c", "k3y"))->reveal(), "k3y");
}

TEST_F(SecretSourceTest, ReadsACredentialWithOrWithoutALineEnd) {
    write_credential("k3y\n");
    EXPECT_EQ(read("credential:conductor_secret")->reveal(), "k3y");
    std::filesystem::remove(folder_ / "conductor_secret");
    write_credential("k3y");
    EXPECT_EQ(read("credential:conductor_secret")->reveal(), "k3y");
}

TEST_F(SecretSourceTest, TellsApartWhatIsWrongWithACredential) {
    std::string const path = write_credential("");
    EXPECT_EQ(fault_of_credential(), "secret github is empty");
    std::filesystem::permissions(path, std::filesystem::perms{0444});
    EXPECT_EQ(fault_of_credential(),
              "secret github: credential conductor_secret: " + path +
                  " may be read by every user of this machine; take that away (chmod 0400)");
    std::filesystem::remove(path);
    EXPECT_EQ(fault_of_credential(),
              "secret github: credential conductor_secret: " + path + " is not there");
    std::filesystem::create_directory(path);
    std::filesystem::permissions(path, std::filesystem::perms{0700});
    EXPECT_EQ(fault_of_credential(),
              "secret github: credential conductor_secret: " + path + " is a folder");
}

TEST_F(SecretSourceTest, NeedsTheCredentialsDirectory) {
    EXPECT_EQ(
        read("credential:x").error().detail,
        "secret github: credential x: CREDENTIALS_DIRECTORY is not set; systemd sets it for a "
        "unit with LoadCredential=x:FILE");
}

TEST_F(SecretSourceTest, SaysWhichFileCannotBeRead) {
    std::string const missing = (folder_ / "missing").string();
    EXPECT_EQ(read("file:" + missing).error().detail,
              "secret github: " + missing + " is not there");
    EXPECT_EQ(read("file:" + folder_.string()).error().detail,
              "secret github: " + folder_.string() + " is a folder");
}

TEST_F(SecretSourceTest, RefusesWhatIsTooLargeForASecret) {
    std::string const path = write("large", std::string(64 * 1024 + 1, 'k'));
    EXPECT_EQ(read("file:" + path).error().detail,
              "secret github: " + path + " is larger than a secret");
    EXPECT_TRUE(read("file:" + write("largest", std::string(64 * 1024, 'k'))).has_value());
}

TEST_F(SecretSourceTest, RefusesASecretThatWouldBreakAHeader) {
    for (std::string const content : {"two words", "a\nb", "tab\t", "\x7f", "\xc3\xa4"}) {
        auto const got = read("file:" + write("bad", content));
        ASSERT_TRUE(got.has_error()) << content;
        EXPECT_EQ(got.error().detail, "secret github holds a blank or control character");
    }
    for (std::string const content : {"", "\n", "\r\n"})
        EXPECT_EQ(read("file:" + write("bad", content)).error().detail, "secret github is empty");
}

TEST_F(SecretSourceTest, RefusesUnknownForms) {
    for (std::string_view const form :
         {"", "k3y", "env", "env:", "file:", "credential:", "vault:x", "credential:../x",
          "credential:a/b", "credential:..", "ENV:X"}) {
        EXPECT_TRUE(make_secret_reader(form).has_error()) << form;
    }
}

TEST_F(SecretSourceTest, KnowsConfiguredNamesOnly) {
    EXPECT_TRUE(secret_source{}.read("github").has_error());
}

}  // namespace
}  // namespace conductor::workers
