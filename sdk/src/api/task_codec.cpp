#include "api/task_codec.hpp"

#include "api/answer_memory.hpp"
#include "api/json_text.hpp"
#include "api/task_reader.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/serializer.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace conductor::api {
namespace {

namespace json = boost::json;

failure malformed(std::string_view what) { return {errc::bad_response, std::string(what)}; }

// All values of an answer live and die together: a few blocks instead of an allocation for each.
result<json::value> parse_answer(std::string_view body) {
    open_memory memory(body.size() * 2 + 1024);
    return parse_json(body, memory.storage());
}

// A task without an id can be neither run nor reported.
result<task> to_task(json::value&& value) {
    auto* object = value.if_object();
    if (object == nullptr) return malformed("a task is not an object");
    task parsed(std::move(*object));
    if (parsed.id().empty() || parsed.workflow_id().empty())
        return malformed("a task lacks taskId or workflowInstanceId");
    return parsed;
}

result<std::vector<task>> to_tasks(json::array& list) {
    std::vector<task> tasks;
    tasks.reserve(list.size());
    for (auto& element : list) {
        auto one = to_task(std::move(element));
        if (!one) return one.error();
        tasks.push_back(*std::move(one));
    }
    return tasks;
}

template <class Value>
void append_serialized(std::string& out, Value const& value) {
    json::serializer writer;
    writer.reset(value);
    std::array<char, 4096> room;
    while (!writer.done()) {
        auto const text = writer.read(room.data(), room.size());
        out.append(text.data(), text.size());
    }
}

bool needs_no_escape(char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
}

// Writes an object's text member by member, without a tree and without strings in between.
class object_writer {
public:
    explicit object_writer(std::string& out) : out_(out) { out_ += '{'; }
    object_writer(object_writer const&) = delete;
    object_writer& operator=(object_writer const&) = delete;
    ~object_writer() { out_ += '}'; }

    // Gives where the value is to be written. The name needs no escape.
    std::string& member(std::string_view name) {
        if (out_.back() != '{') out_ += ',';
        return out_.append("\"").append(name).append("\":");
    }
    void text(std::string_view name, std::string_view value) {
        if (std::ranges::all_of(value, needs_no_escape))
            member(name).append("\"").append(value).append("\"");
        else
            append_serialized(member(name), json::string_view(value));
    }
    void number(std::string_view name, std::int64_t value) {
        std::array<char, 20> digits;
        auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
        member(name).append(digits.data(), end);
    }
    void value(json::key_value_pair const& member) {
        if (out_.back() != '{') out_ += ',';
        append_serialized(out_, member.key());
        out_ += ':';
        append_serialized(out_, &member.value());
    }

private:
    std::string& out_;
};

void append_logs(std::string& out, task_update const& update) {
    out += '[';
    for (auto const& log : update.logs) {
        if (out.back() != '[') out += ',';
        auto const created = std::chrono::floor<std::chrono::milliseconds>(log.created);
        object_writer line(out);
        line.text("log", log.text);
        line.text("taskId", update.task_id);
        line.number("createdTime", created.time_since_epoch().count());
    }
    out += ']';
}

// Whether an update writes that member itself, so that `extra` cannot.
bool is_own(task_update const& update, std::string_view name) {
    constexpr std::array<std::string_view, 6> always{
        "taskId", "workflowInstanceId", "workerId", "status", "callbackAfterSeconds", "outputData"};
    return std::ranges::find(always, name) != always.end() ||
           (name == "reasonForIncompletion" && !update.reason.empty()) ||
           (name == "logs" && !update.logs.empty());
}

// A server may send any number; the clock counts in nanoseconds.
std::chrono::system_clock::time_point written_at(std::int64_t count) {
    using std::chrono::milliseconds;
    constexpr auto end = std::chrono::floor<milliseconds>(std::chrono::nanoseconds::max()).count();
    return std::chrono::system_clock::time_point{milliseconds{std::clamp(count, -end, end)}};
}

void append_update(std::string& out, task_update const& update) {
    object_writer writer(out);
    writer.text("taskId", update.task_id);
    writer.text("workflowInstanceId", update.workflow_id);
    writer.text("workerId", update.worker_id);
    writer.text("status", to_string(update.status));
    if (!update.reason.empty()) writer.text("reasonForIncompletion", update.reason);
    writer.number("callbackAfterSeconds", update.callback_after.count());
    if (!update.logs.empty()) append_logs(writer.member("logs"), update);
    for (auto const& member : update.extra)
        if (!is_own(update, member.key())) writer.value(member);
    if (update.output_text.empty())
        append_serialized(writer.member("outputData"), &update.output);
    else
        writer.member("outputData") += update.output_text;
}

json::array* list_of_hits(json::value& parsed) {
    auto* const answer = parsed.if_object();
    auto* const hits = answer == nullptr ? nullptr : answer->if_contains("results");
    return hits == nullptr ? nullptr : hits->if_array();
}

struct summary_name {
    std::string_view in_task;
    std::string_view in_summary;
};

constexpr std::array<summary_name, 4> names_in_summary{{{"taskId", "taskId"},
                                                        {"workflowInstanceId", "workflowId"},
                                                        {"taskType", "taskType"},
                                                        {"status", "status"}}};

}  // namespace

result<std::vector<task>> parse_tasks(std::string answer, known_values& known) {
    if (answer.empty()) return std::vector<task>{};
    auto const body = std::make_shared<std::string const>(std::move(answer));
    if (auto tasks = task_reader(body, known).read_tasks()) return *std::move(tasks);
    auto parsed = parse_answer(*body);
    if (!parsed) return parsed.error();
    auto* list = parsed->if_array();
    if (list == nullptr) return malformed("a poll was not answered by a list");
    return to_tasks(*list);
}

result<std::vector<task>> parse_hits(std::string_view body) {
    auto parsed = parse_answer(body);
    if (!parsed) return parsed.error();
    auto* const hits = list_of_hits(*parsed);
    if (hits == nullptr) return malformed("a search was answered by no list");
    return to_tasks(*hits);
}

result<std::vector<task>> parse_summaries(std::string_view body) {
    auto parsed = parse_answer(body);
    if (!parsed) return parsed.error();
    auto* const hits = list_of_hits(*parsed);
    if (hits == nullptr) return malformed("a search was answered by no list");
    for (auto& hit : *hits) {
        auto const* const summary = hit.if_object();
        if (summary == nullptr) continue;
        json::object named;
        for (auto const& [in_task, in_summary] : names_in_summary)
            if (auto const* value = summary->if_contains(in_summary)) named[in_task] = *value;
        hit = std::move(named);
    }
    return to_tasks(*hits);
}

result<std::optional<task>> parse_task(std::string answer, known_values& known) {
    if (answer.empty()) return std::optional<task>{};
    auto const body = std::make_shared<std::string const>(std::move(answer));
    if (auto one = task_reader(body, known).read_task())
        return std::optional<task>{*std::move(one)};
    auto parsed = parse_answer(*body);
    if (!parsed) return parsed.error();
    if (parsed->is_null()) return std::optional<task>{};
    auto one = to_task(*std::move(parsed));
    if (!one) return one.error();
    return std::optional<task>{*std::move(one)};
}

result<storage_location> parse_location(std::string_view body) {
    auto const parsed = parse_answer(body);
    if (!parsed) return parsed.error();
    auto const text = [&](std::string_view name) {
        auto const* const object = parsed->if_object();
        auto const* const member = object == nullptr ? nullptr : object->if_contains(name);
        auto const* const found = member == nullptr ? nullptr : member->if_string();
        return found == nullptr ? std::string() : std::string(*found);
    };
    storage_location location{.uri = text("uri"), .path = text("path")};
    if (location.uri.empty() || location.path.empty())
        return malformed("the server gave no address for it");
    return location;
}

result<boost::json::object> parse_payload(std::string_view body) {
    auto parsed = parse_answer(body);
    if (!parsed) return parsed.error();
    auto* const object = parsed->if_object();
    if (object == nullptr) return malformed("what is stored is no JSON object");
    return std::move(*object);
}

result<std::vector<task_log>> parse_logs(std::string_view body) {
    std::vector<task_log> logs;
    if (body.empty()) return logs;
    auto const parsed = parse_json(body, {});
    if (!parsed) return parsed.error();
    auto const* list = parsed->if_array();
    if (list == nullptr) return malformed("a log is not a list");
    for (auto const& element : *list) {
        auto const* line = element.if_object();
        if (line == nullptr) return malformed("a log line is not an object");
        task const fields(*line);
        logs.push_back({std::string(fields.text("log")), written_at(fields.number("createdTime"))});
    }
    return logs;
}

result<std::map<std::string, std::int64_t>> parse_sizes(std::string_view body) {
    auto const parsed = parse_json(body, {});
    if (!parsed) return parsed.error();
    auto const* const sizes = parsed->if_object();
    if (sizes == nullptr) return malformed("the sizes of queues are no object");
    std::map<std::string, std::int64_t> waiting;
    for (auto const& [queue, size] : *sizes) {
        if (!size.is_int64()) return malformed("the size of a queue is no whole number");
        waiting.emplace(queue, size.get_int64());
    }
    return waiting;
}

result<std::vector<poll_data>> parse_poll_data(std::string_view body) {
    auto const parsed = parse_json(body, {});
    if (!parsed) return parsed.error();
    auto const* const object = parsed->if_object();
    auto const* const member = object == nullptr ? nullptr : object->if_contains("pollData");
    auto const* const list = (member == nullptr ? &*parsed : member)->if_array();
    if (list == nullptr) return malformed("the poll data are no list");
    std::vector<poll_data> all;
    for (auto const& element : *list) {
        auto const* const entry = element.if_object();
        if (entry == nullptr) return malformed("an entry of the poll data is no object");
        task const fields(*entry);
        poll_data read{.type = std::string(fields.text("queueName")),
                       .domain = std::string(fields.text("domain")),
                       .worker_id = std::string(fields.text("workerId")),
                       .polled = written_at(fields.number("lastPollTime"))};
        if (!read.type.empty()) all.push_back(std::move(read));
    }
    return all;
}

std::string write_update(task_update const& update) {
    std::string out;
    out.reserve(512 + update.output_text.size());
    append_update(out, update);
    return out;
}

std::string write_lease(lease_request const& lease) {
    return json::serialize(json::object{{"taskId", lease.task_id},
                                        {"workflowInstanceId", lease.workflow_id},
                                        {"workerId", lease.worker_id},
                                        {"status", to_string(task_status::in_progress)},
                                        {"extendLease", true}});
}

}  // namespace conductor::api
