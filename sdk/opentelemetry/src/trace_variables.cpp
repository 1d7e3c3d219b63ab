#include "trace_variables.hpp"

#include "trimmed.hpp"

#include <conductor/config_error.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace conductor::tracing {
namespace {

using pairs = std::vector<std::pair<std::string, std::string>>;

[[noreturn]] void refuse(std::string const& name, std::string const& why) {
    throw config_error(name + ": " + why);
}

std::optional<std::string> decoded(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            plain += text[at];
            continue;
        }
        unsigned byte = 0;
        auto const digits = text.substr(at + 1, 2);
        auto const read = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
        if (digits.size() != 2 || read.ptr != digits.data() + 2) return std::nullopt;
        plain += static_cast<char>(byte);
        at += 2;
    }
    return plain;
}

/** @brief The variables, those for traces before those for everything. */
class variables {
public:
    explicit variables(read_variable const& read) : read_(&read) {}

    std::optional<std::string> text(std::string const& name) const { return (*read_)(name); }

    /** @brief The name of the variable that holds, and its value. */
    std::optional<std::pair<std::string, std::string>> exporter(std::string const& name) const {
        for (auto const* const beginning : {"OTEL_EXPORTER_OTLP_TRACES_", "OTEL_EXPORTER_OTLP_"})
            if (auto value = text(beginning + name))
                return std::pair{beginning + name, *std::move(value)};
        return std::nullopt;
    }

    template <class Number>
    void number(std::string const& name, std::optional<std::string> const& value, std::int64_t min,
                Number& into) const {
        if (!value) return;
        std::int64_t read = 0;
        auto const* const end = value->data() + value->size();
        auto const [stop, error] = std::from_chars(value->data(), end, read);
        if (error != std::errc{} || stop != end || read < min)
            refuse(name, "expected a whole number from " + std::to_string(min) + " on");
        into = Number(read);
    }

private:
    read_variable const* read_;
};

bool is_off(variables const& from) {
    auto const disabled = from.text("OTEL_SDK_DISABLED");
    return disabled == "true" || from.text("OTEL_TRACES_EXPORTER") == "none" ||
           !from.exporter("ENDPOINT");
}

std::string endpoint(variables const& from) {
    if (auto whole = from.text("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")) return *std::move(whole);
    auto base = *from.text("OTEL_EXPORTER_OTLP_ENDPOINT");
    while (base.ends_with('/')) base.pop_back();
    return base + "/v1/traces";
}

void check_protocol(variables const& from) {
    auto const protocol = from.exporter("PROTOCOL");
    // Receivers tell JSON from protobuf by the content type, so that either name will do.
    bool const is_http =
        !protocol || protocol->second == "http/json" || protocol->second == "http/protobuf";
    if (!is_http)
        refuse(protocol->first,
               "this program speaks http/json only; name the receiver's HTTP port "
               "(4318) and http/json");
}

pairs listed(std::string const& name, std::string const& text) {
    auto read = read_pairs(text);
    if (!read) refuse(name, "expected key=value,key=value with percent-encoded values");
    return *std::move(read);
}

void set(pairs& in, std::string const& key, std::string const& value) {
    auto const found = std::ranges::find(in, key, &pairs::value_type::first);
    if (found == in.end())
        in.emplace_back(key, value);
    else
        found->second = value;
}

void read_resource(variables const& from, opentelemetry_options& into) {
    if (auto const text = from.text("OTEL_RESOURCE_ATTRIBUTES"))
        for (auto const& [key, value] : listed("OTEL_RESOURCE_ATTRIBUTES", *text))
            set(into.resource, key, value);
    if (auto const name = from.text("OTEL_SERVICE_NAME")) set(into.resource, "service.name", *name);
}

void read_sampling(variables const& from, opentelemetry_options& into) {
    struct sampler {
        std::string_view name;
        bool parent_based;
        double ratio;
    };
    constexpr double by_argument = -1;
    constexpr std::array samplers{sampler{"always_on", false, 1},
                                  sampler{"always_off", false, 0},
                                  sampler{"traceidratio", false, by_argument},
                                  sampler{"parentbased_always_on", true, 1},
                                  sampler{"parentbased_always_off", true, 0},
                                  sampler{"parentbased_traceidratio", true, by_argument}};
    auto const name = from.text("OTEL_TRACES_SAMPLER");
    if (!name) return;
    auto const* const found = std::ranges::find(samplers, *name, &sampler::name);
    if (found == samplers.end())
        refuse("OTEL_TRACES_SAMPLER",
               "expected always_on, always_off or traceidratio, or one of "
               "them with parentbased_ before it");
    into.sampling = {found->parent_based, found->ratio};
    if (found->ratio != by_argument) return;
    auto const text = from.text("OTEL_TRACES_SAMPLER_ARG").value_or("1");
    double ratio = -1;
    auto const read = std::from_chars(text.data(), text.data() + text.size(), ratio);
    if (read.ptr != text.data() + text.size() || ratio < 0 || ratio > 1)
        refuse("OTEL_TRACES_SAMPLER_ARG", "expected a number from 0 to 1");
    into.sampling.ratio = ratio;
}

void read_exporter(variables const& from, opentelemetry_options& into) {
    into.endpoint = endpoint(from);
    check_protocol(from);
    if (auto const text = from.exporter("HEADERS"))
        for (auto const& [key, value] : listed(text->first, text->second))
            into.headers.set(key, value);
    if (auto const text = from.exporter("TIMEOUT"))
        from.number(text->first, text->second, 1, into.timeout);
    auto const file = [&from](char const* name) {
        auto const found = from.exporter(name);
        return found ? found->second : std::string{};
    };
    into.http.tls.ca_file = file("CERTIFICATE");
    into.http.tls.cert_file = file("CLIENT_CERTIFICATE");
    into.http.tls.key_file = file("CLIENT_KEY");
    into.http.proxy = http::proxy_options::from_environment();
}

void read_batches(variables const& from, opentelemetry_options& into) {
    auto const read = [&from](std::string const& name, std::int64_t min, auto& number) {
        from.number(name, from.text(name), min, number);
    };
    read("OTEL_BSP_SCHEDULE_DELAY", 0, into.batch_delay);
    read("OTEL_BSP_MAX_QUEUE_SIZE", 1, into.queue_max);
    read("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", 1, into.batch_max);
}

}  // namespace

std::optional<pairs> read_pairs(std::string_view text) {
    pairs all;
    for (;;) {
        auto const comma = text.find(',');
        auto const member = trimmed(text.substr(0, comma));
        auto const equals = member.find('=');
        if (!member.empty()) {
            if (equals == std::string_view::npos) return std::nullopt;
            auto const key = trimmed(member.substr(0, equals));
            auto value = decoded(trimmed(member.substr(equals + 1)));
            if (key.empty() || !value) return std::nullopt;
            all.emplace_back(key, *std::move(value));
        }
        if (comma == std::string_view::npos) return all;
        text.remove_prefix(comma + 1);
    }
}

std::optional<opentelemetry_options> read_options(read_variable const& read) {
    variables const from{read};
    if (is_off(from)) return std::nullopt;
    opentelemetry_options options;
    read_exporter(from, options);
    read_resource(from, options);
    read_sampling(from, options);
    read_batches(from, options);
    return options;
}

}  // namespace conductor::tracing
