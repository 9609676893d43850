#pragma once

#include "ccamera.h"
#include "values.hpp"

#include <deque>
#include <map>
#include <string>
#include <vector>

#include <libcamera/controls.h>

namespace ccam {

/// The controls of the library, with what one camera reports of them.
class ControlTable {
public:
    /// Every control the library knows and, where there is one, the camera reports.
    explicit ControlTable(const libcamera::ControlInfoMap *reported);

    const ccam_control *data() const { return controls_.data(); }
    size_t size() const { return controls_.size(); }

private:
    void add(const libcamera::ControlId &id, const libcamera::ControlInfo *info);
    void describe(ccam_control &control, const libcamera::ControlInfo &info);
    ccam_value keep(const libcamera::ControlValue &value);

    std::vector<ccam_control> controls_;
    // Deques, so that what was handed out does not move.
    std::deque<Arena> arenas_;
    std::deque<std::string> texts_;
    std::deque<std::vector<ccam_enumerator>> enumerators_;
    std::deque<std::vector<ccam_number>> allowed_;
};

/// Elements of a control's list, 0 where any number will do.
struct Shape {
    bool is_array;
    size_t elements;
};

/// Names for numbers.
using Enumerators = std::map<int32_t, std::string>;

/// What a version of libcamera that does not say so itself means by a control's name.
Shape shape_by_name(const std::string &name);
const Enumerators &enumerators_by_name(const std::string &name);
bool is_draft_by_name(const std::string &name);

} // namespace ccam
