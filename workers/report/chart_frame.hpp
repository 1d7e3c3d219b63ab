#pragma once

#include <report/chart.hpp>
#include <report/markup.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace conductor::workers::report {

/** @brief Which of the two drawings of a chart: it is part of the ids of their elements. */
enum class drawing { total, added };

/** @brief The drawing of a chart without its lines or bars: where values and bins lie, and what
 *  stands around them. */
class chart_frame {
public:
    /** @brief The frame for values up to the largest one.
     *  @param of  It must outlive the frame, and have at least one bin. */
    chart_frame(chart const& of, drawing which, std::int64_t largest);

    /** @brief The middle of a bin, from the left. */
    double x(std::size_t bin) const;
    /** @brief The height of a value, from above. */
    double y(std::int64_t value) const;
    /** @brief The width of a bin. */
    double bin_width() const;

    /** @brief The whole drawing: name, description, axes with their labels, the marks, and for each
     *  bin a field that tells its values to who points at it.
     *
     *  @param marks   The lines or bars.
     *  @param values  The numbers of each series of the chart, bin by bin. */
    markup drawn(markup const& marks, std::vector<std::vector<std::int64_t>> const& values) const;

private:
    std::string title() const;
    markup description(std::vector<std::vector<std::int64_t>> const& values) const;
    markup value_axis() const;
    markup time_axis() const;
    markup fields(std::vector<std::vector<std::int64_t>> const& values) const;

    chart const* of_;
    drawing which_;
    std::vector<std::int64_t> ticks_;
};

/** @brief The names of the series beside their colours, as a list. */
markup legend(chart const& of);

}  // namespace conductor::workers::report
