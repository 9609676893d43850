#pragma once

#include "ccamera.h"

#include <cstdint>
#include <string>
#include <vector>

#include <libcamera/controls.h>

/// Values between libcamera's types and the header's.
namespace ccam {

/// The header's type for one of libcamera's.
ccam_type type_of(libcamera::ControlType type);

/// Memory that the numbers and texts of some values live in; values are valid until it is cleared.
class Arena {
public:
    /// Forgets all values but keeps the memory.
    void clear();
    /// Makes room, so that no value moves while others are added.
    void reserve(size_t numbers, size_t texts);
    /// Keeps a value. Room for it must have been reserved.
    ccam_value keep(const libcamera::ControlValue &value);

    /// Numbers a value takes.
    static size_t numbers(const libcamera::ControlValue &value);

private:
    std::vector<ccam_number> numbers_;
    std::vector<std::string> texts_;
};

/// libcamera's value; an empty one for a type that it does not have or for too few numbers.
libcamera::ControlValue control_value(const ccam_value &value);

/// Turns a list of controls into fields.
void list_fields(const libcamera::ControlList &list, Arena &arena, std::vector<ccam_field> &fields);

} // namespace ccam
