// Answers of the server that hold tasks: one, a batch, a search, a log.

#include "fuzz.hpp"

#include "api/json_text.hpp"
#include "api/task_codec.hpp"
#include "api/task_reader.hpp"

#include <boost/json/value.hpp>

#include <array>
#include <memory>
#include <string>
#include <string_view>

namespace conductor::fuzz {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 9> texts{"taskId",
                                                "taskType",
                                                "status",
                                                "workflowInstanceId",
                                                "workflowType",
                                                "referenceTaskName",
                                                "workerId",
                                                "domain",
                                                "reasonForIncompletion"};

// Of all inputs so far, as of the answers of one server.
api::known_values known;

// A task and the object that a plain parser makes of the same text.
void require_same(task const& lazy, json::value const& plain) {
    require(plain.is_object(), "a task is an object");
    task const whole(plain.get_object());
    for (auto const name : texts)
        require(lazy.text(name) == whole.text(name), "a text that is built is the parser's");
    require(lazy.poll_count() == whole.poll_count(), "pollCount is the parser's");
    require(lazy.retry_count() == whole.retry_count(), "retryCount is the parser's");
    require(lazy.response_timeout() == whole.response_timeout(), "the timeout is the parser's");
    require(lazy.input() == whole.input(), "inputData is the parser's");
    require(lazy.output() == whole.output(), "outputData is the parser's");
    require(lazy.document() == whole.document(), "the document is the parser's");
    require(!lazy.id().empty() && !lazy.workflow_id().empty(), "a task has its ids");
}

// What the lazy reader takes the parser takes too, and makes the same of it.
void try_lazy_reader(std::string const& text) {
    api::task_reader const reader(std::make_shared<std::string const>(text), known);
    auto const one = reader.read_task();
    auto const many = reader.read_tasks();
    require(!one || !many, "an answer is not an object and a list");
    if (!one && !many) return;
    auto const plain = api::parse_json(text, {});
    require(plain.has_value(), "what the lazy reader takes is JSON");
    if (one) return require_same(*one, *plain);
    require(plain->is_array() && plain->get_array().size() == many->size(), "as many tasks");
    for (std::size_t at = 0; at < many->size(); ++at)
        require_same((*many)[at], plain->get_array()[at]);
}

// A task that is reported with what it held, and read again.
void try_update(task const& given) {
    task_update update;
    update.task_id = given.id();
    update.workflow_id = given.workflow_id();
    update.worker_id = given.worker_id();
    update.reason = given.reason();
    update.output = given.input();
    auto const read = api::parse_json(api::write_update(update), {});
    require(read.has_value() && read->is_object(), "an update is JSON");
    task const back(read->get_object());
    require(back.id() == given.id() && back.worker_id() == given.worker_id(), "ids come through");
    require(back.reason() == given.reason(), "the reason comes through");
}

}  // namespace

void try_input(std::string_view input) {
    std::string const text(input);
    try_lazy_reader(text);
    if (auto const one = api::parse_task(text, known); one && *one) try_update(**one);
    if (auto const many = api::parse_tasks(text, known); many && !text.empty()) {
        auto const plain = api::parse_json(text, {});
        require(plain && plain->is_array(), "a batch is a list");
        require(plain->get_array().size() == many->size(), "no task is lost");
    }
    static_cast<void>(api::parse_hits(text));
    static_cast<void>(api::parse_logs(text));
    static_cast<void>(api::parse_sizes(text));
}

}  // namespace conductor::fuzz
