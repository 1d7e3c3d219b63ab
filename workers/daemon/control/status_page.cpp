#include <daemon/control/status_page.hpp>

#include <daemon/control/amount_text.hpp>
#include <daemon/control/page_frame.hpp>

#include <report/markup.hpp>
#include <report/scrolling_table.hpp>

namespace conductor::daemon {
namespace {

using workers::report::markup;
using workers::report::scrolling_table;
using form_key = std::optional<std::string>;

std::string ago(std::optional<std::int64_t> milliseconds) {
    if (!milliseconds) return "never";
    return rough_duration(std::chrono::milliseconds{*milliseconds}) + " ago";
}

// A form of one button.
markup button_form(std::string_view action, std::string const& key, markup const& inside) {
    markup made{"<form method=\"post\" action=\""};
    made.raw(action).raw("\"><input type=\"hidden\" name=\"form\" value=\"").raw(key).raw("\">");
    return made.add(inside).raw("</form>");
}

// A part that the script renews when it has changed.
markup live(std::string_view element, std::string const& id, std::string_view attributes,
            markup const& inside) {
    markup made{"<"};
    made.raw(element).raw(" id=\"").raw(id).raw("\" data-live").raw(attributes).raw(">");
    return made.add(inside).raw("</").raw(element).raw(">");
}

std::string_view mood_of(status_facts const& facts) {
    return facts.state == "ready" ? "good" : facts.state == "stopping" ? "idle" : "bad";
}

markup lead(status_facts const& facts, form_key const& key) {
    markup made;
    if (key) {
        markup const out{"<button type=\"submit\">Log out</button>"};
        made.raw("<div class=\"account\">").add(button_form("/logout", *key, out)).raw("</div>\n");
    }
    std::string const attributes =
        " class=\"state " + std::string{mood_of(facts)} + "\" role=\"status\" aria-live=\"polite\"";
    made.add(live("p", "state", attributes, markup{}.text(facts.state))).raw("\n");
    markup reasons;
    for (auto const& reason : facts.reasons) reasons.raw("<li>").text(reason).raw("</li>");
    made.add(live("ul", "reasons", " class=\"reasons\"", reasons)).raw("\n<p class=\"span\">");
    markup const as_of = markup{"As of <time>"}.text(facts.at).raw("</time>.");
    made.add(live("span", "as-of", "", as_of));
    return made.raw(" <span id=\"updates\"></span> <a href=\"/\">Reload</a></p>\n");
}

struct fact {
    std::string_view id;
    std::string_view name;
    markup value;
};

markup drawn(std::vector<fact> const& facts) {
    markup made{"<dl class=\"facts\">\n"};
    for (auto const& one : facts) {
        made.raw("<div><dt>").raw(one.name).raw("</dt>");
        made.add(live("dd", std::string{one.id}, "", one.value)).raw("</div>\n");
    }
    return made.raw("</dl>\n");
}

markup section_of(std::string_view id, std::string_view title, markup const& content) {
    markup made{"<section aria-labelledby=\""};
    made.raw(id).raw("\"><h2 id=\"").raw(id).raw("\">").raw(title).raw("</h2>\n");
    return made.add(content).raw("</section>\n");
}

markup server(status_facts const& facts) {
    auto const text = [](std::string const& outside) { return markup{}.text(outside); };
    markup const calls{facts.server.circuit_open ? "fail; all polls wait" : "go out"};
    return section_of(
        "server", "Server",
        drawn({{"address", "Address", text(facts.server.address)},
               {"token", "Access token", text(facts.server.token)},
               {"calls", "Calls", calls},
               {"worker-id", "Worker id", text(facts.worker_id)},
               {"version", "Version", text(facts.version)},
               {"uptime", "Up for", text(rough_duration(std::chrono::seconds{facts.uptime_s}))}}));
}

markup state_cell(task_type_facts const& type) {
    std::string_view const mood = type.poll_error ? "bad" : type.paused ? "idle" : "good";
    markup made{"<span class=\"nowrap\"><span class=\"dot "};
    made.raw(mood).raw("\"></span>").text(type.state).raw("</span>");
    // Why stands above, among the reasons.
    if (type.poll_error) made.raw("<span class=\"error\">the last poll failed</span>");
    return made;
}

markup slots_cell(task_type_facts const& type) {
    auto const used = std::to_string(type.slots_used);
    auto const slots = std::to_string(type.slots);
    markup made{"<span class=\"nowrap\">"};
    made.raw(used).raw(" of ").raw(slots).raw(
        "</span><meter aria-hidden=\"true\" min=\"0\" max=\"");
    return made.raw(slots).raw("\" value=\"").raw(used).raw("\"></meter>");
}

markup leases_cell(task_type_facts const& type) {
    markup made;
    made.count(static_cast<std::int64_t>(type.leases_extended));
    if (type.lease_failures > 0) {
        made.raw("<span class=\"error\">")
            .count(static_cast<std::int64_t>(type.lease_failures))
            .raw(" failed</span>");
    }
    if (!type.oldest_lease_ms) return made;
    return made.raw("<span class=\"error\">the oldest is ")
        .text(rough_duration(std::chrono::milliseconds{*type.oldest_lease_ms}))
        .raw("</span>");
}

markup switch_cell(task_type_facts const& type, std::string const& id, std::string const& key) {
    std::string_view const verb = type.paused ? "Resume" : "Pause";
    markup inside{"<input type=\"hidden\" name=\"type\" value=\""};
    inside.text(type.type).raw("\"><button type=\"submit\" id=\"").raw(id).raw("-button\">");
    inside.raw(verb).raw("<span class=\"unseen\"> ").text(type.type).raw("</span></button>");
    return button_form(type.paused ? "/resume" : "/pause", key, inside);
}

markup type_row(task_type_facts const& type, std::string const& id, form_key const& key) {
    auto const number = [](std::uint64_t count) {
        return markup{}.count(static_cast<std::int64_t>(count));
    };
    markup made{R"(<tr><th scope="row"><bdi>)"};
    made.text(type.type).raw("</bdi>");
    if (!type.domain.empty())
        made.raw("<span class=\"error\">domain ").text(type.domain).raw("</span>");
    made.raw("</th>");
    constexpr std::string_view right = " class=\"number\"";
    made.add(live("td", id + "-state", "", state_cell(type)));
    made.add(live("td", id + "-slots", "", slots_cell(type)));
    made.add(live("td", id + "-rate", right, number(type.tasks_last_minute)));
    made.add(
        live("td", id + "-poll", " class=\"nowrap\"", markup{}.text(ago(type.last_poll_ms_ago))));
    made.add(live("td", id + "-completed", right, number(type.completed)));
    made.add(live("td", id + "-later", right, number(type.called_back)));
    made.add(live("td", id + "-failed", right, number(type.failed)));
    made.add(live("td", id + "-polls", right, number(type.poll_failures)));
    made.add(live("td", id + "-lost", right, number(type.results_lost)));
    made.add(live("td", id + "-leases", right, leases_cell(type)));
    if (key) made.add(live("td", id + "-switch", "", switch_cell(type, id, *key)));
    return made.raw("</tr>\n");
}

struct column {
    std::string_view title;
    bool is_number = false;
};

markup head_row(std::vector<column> const& columns) {
    markup made{"<thead><tr>"};
    for (auto const& one : columns) {
        made.raw(one.is_number ? R"(<th scope="col" class="number">)" : R"(<th scope="col">)");
        made.raw(one.title).raw("</th>");
    }
    return made.raw("</tr></thead>\n");
}

markup task_types(status_facts const& facts, form_key const& key) {
    std::vector<column> columns{{"Type"},
                                {"State"},
                                {"Slots in use"},
                                {"Last minute", true},
                                {"Last poll"},
                                {"Completed", true},
                                {"To come back", true},
                                {"Failed", true},
                                {"Failed polls", true},
                                {"Lost results", true},
                                {"Leases extended", true}};
    if (key) columns.push_back({"Polling"});
    markup body = head_row(columns).raw("<tbody>\n");
    for (std::size_t i = 0; i < facts.types.size(); ++i)
        body.add(type_row(facts.types[i], "type-" + std::to_string(i), key));
    body.raw("</tbody>");
    markup const caption{"What each task type does; counts are since the daemon began"};
    return section_of("types", "Task types",
                      scrolling_table{"types-table", caption, body, false}.drawn());
}

markup outbox(outbox_facts const& facts) {
    if (facts.mode == "off") {
        return section_of("outbox", "Outbox",
                          markup{"<p>There is none: results that the server has not taken are "
                                 "kept in memory, each in its slot.</p>\n"});
    }
    auto const count = [](std::uint64_t number) {
        return markup{}.count(static_cast<std::int64_t>(number));
    };
    auto const oldest =
        facts.oldest_s ? rough_duration(std::chrono::seconds{*facts.oldest_s}) : "–";
    return section_of(
        "outbox", "Outbox",
        drawn({{"outbox-rows", "Results that wait", count(facts.rows)},
               {"outbox-bytes", "Size", markup{}.text(size_text(facts.bytes))},
               {"outbox-oldest", "The oldest waits for", markup{}.text(oldest)},
               {"outbox-stored", "Went through it", count(facts.stored)},
               {"outbox-room", "Room", markup{facts.full ? "none: nothing is claimed" : "yes"}},
               {"outbox-mode", "Mode", markup{}.text(facts.mode)}}));
}

markup failed_row(failed_task_facts const& task) {
    markup made{"<tr><td><time>"};
    made.text(task.at).raw("</time></td><td><bdi>").text(task.type).raw("</bdi></td><td>");
    made.raw("<bdi>").text(task.reference).raw("</bdi><span class=\"error\"><code>");
    made.text(task.task).raw("</code></span></td><td><code>").text(task.workflow);
    made.raw("</code></td><td class=\"nowrap\">")
        .raw(task.status == "FAILED" ? "failed" : "failed for good");
    return made.raw("</td><td class=\"reason\"><bdi>").text(task.reason).raw("</bdi></td></tr>\n");
}

markup failed_tasks(status_facts const& facts) {
    markup rows;
    for (auto const& one : facts.failed_tasks) rows.add(failed_row(one));
    if (facts.failed_tasks.empty()) rows.raw("<tr><td colspan=\"6\">None has failed.</td></tr>\n");
    markup body = head_row({{"When"}, {"Type"}, {"Task"}, {"Workflow"}, {"How"}, {"Reason"}});
    body.add(live("tbody", "failed-rows", "", rows));
    return section_of("failed", "Failed tasks",
                      scrolling_table{"failed-table",
                                      markup{"The last tasks that failed, the newest first"}, body}
                          .drawn());
}

markup content(status_facts const& facts, form_key const& key) {
    return task_types(facts, key)
        .add(server(facts))
        .add(outbox(facts.outbox))
        .add(failed_tasks(facts));
}

}  // namespace

std::string render_status_page(status_facts const& facts,
                               std::optional<std::string> const& form_key) {
    return page_frame{.title = markup{"conductor-workerd: "}.text(facts.state),
                      .lead = lead(facts, form_key),
                      .main = content(facts, form_key),
                      .has_script = true}
        .drawn();
}

std::string render_status(status_facts const& facts, std::optional<std::string> const& form_key) {
    return lead(facts, form_key).add(content(facts, form_key)).str();
}

std::string render_login_page(std::string_view complaint) {
    markup form{"<section aria-labelledby=\"login\"><h2 id=\"login\">Log in</h2>\n"};
    if (!complaint.empty()) form.raw("<p role=\"alert\">").raw(complaint).raw("</p>\n");
    form.raw(
        "<form class=\"login\" method=\"post\" action=\"/login\">"
        "<label for=\"token\">Token, as the configuration's <code>admin.token</code> has it</label>"
        "<input id=\"token\" name=\"token\" type=\"password\" required autofocus "
        "autocomplete=\"current-password\" spellcheck=\"false\">"
        "<button type=\"submit\">Log in</button></form>\n</section>\n");
    return page_frame{.title = markup{"conductor-workerd: log in"}, .main = form}.drawn();
}

}  // namespace conductor::daemon
