#include "controls.hpp"

#include <algorithm>
#include <limits>

#include <libcamera/control_ids.h>

using namespace libcamera;

namespace ccam {

// From 0.4 on a ControlId says its vendor, shape and enumerators itself; for older ones there are tables by name. The overload with
// an int is taken where the member exists.
namespace {

template <typename Id>
auto vendor_of(const Id &id, int) -> decltype(id.vendor(), std::string()) {
    return id.vendor() == "libcamera" ? "core" : id.vendor();
}

template <typename Id>
std::string vendor_of(const Id &id, long) {
    return is_draft_by_name(id.name()) ? "draft" : "core";
}

template <typename Id>
auto shape_of(const Id &id, int) -> decltype(id.isArray(), Shape()) {
    const bool is_fixed = id.isArray() && id.size() != std::numeric_limits<size_t>::max();
    return { id.isArray(), is_fixed ? id.size() : 0 };
}

template <typename Id>
Shape shape_of(const Id &id, long) {
    return shape_by_name(id.name());
}

template <typename Id>
auto enumerators_of(const Id &id, int) -> decltype(id.enumerators()) {
    return id.enumerators();
}

template <typename Id>
const Enumerators &enumerators_of(const Id &id, long) {
    return enumerators_by_name(id.name());
}

} // namespace

ControlTable::ControlTable(const ControlInfoMap *reported) {
    std::map<unsigned, const ControlId *> known(controls::controls.begin(), controls::controls.end());
    if (reported)
        for (const auto &[id, info] : *reported)
            known[id->id()] = id;
    for (const auto &[number, id] : known) {
        const auto found = reported ? reported->find(number) : ControlInfoMap::const_iterator();
        add(*id, reported && found != reported->end() ? &found->second : nullptr);
    }
}

void ControlTable::add(const ControlId &id, const ControlInfo *info) {
    const Shape shape = shape_of(id, 0);
    ccam_control control = {};
    control.id = id.id();
    control.name = texts_.emplace_back(id.name()).c_str();
    control.vendor = texts_.emplace_back(vendor_of(id, 0)).c_str();
    control.type = type_of(id.type());
    control.is_array = shape.is_array;
    control.elements = shape.elements;
    auto &names = enumerators_.emplace_back();
    for (const auto &[number, name] : enumerators_of(id, 0))
        names.push_back({ number, texts_.emplace_back(name).c_str() });
    control.enumerators = names.data();
    control.enumerator_count = names.size();
    if (info)
        describe(control, *info);
    controls_.push_back(control);
}

void ControlTable::describe(ccam_control &control, const ControlInfo &info) {
    control.is_reported = true;
    control.minimum = keep(info.min());
    control.maximum = keep(info.max());
    control.standard = keep(info.def());
    auto &allowed = allowed_.emplace_back();
    for (const ControlValue &value : info.values()) {
        const ccam_value kept = keep(value);
        if (kept.count > 0)
            allowed.push_back(kept.numbers[0]);
    }
    control.allowed = allowed.data();
    control.allowed_count = allowed.size();
}

ccam_value ControlTable::keep(const ControlValue &value) {
    Arena &arena = arenas_.emplace_back();
    arena.reserve(Arena::numbers(value), 1);
    return arena.keep(value);
}

} // namespace ccam

const ccam_control *ccam_known_controls(size_t *count) {
    static const ccam::ControlTable known(nullptr);
    *count = known.size();
    return known.data();
}
