#include "controls.hpp"

#include <set>

// What libcamera before 0.4 (Debian 12 has 0.0.3) does not say of its controls at run time, from its control_ids.yaml.
namespace ccam {

Shape shape_by_name(const std::string &name) {
    static const std::map<std::string, size_t> lists = {
        { "AfWindows", 0 },           { "ColourCorrectionMatrix", 9 }, { "ColourGains", 2 },
        { "FrameDurationLimits", 2 }, { "SensorBlackLevels", 4 },
    };
    const auto found = lists.find(name);
    return found == lists.end() ? Shape{ false, 0 } : Shape{ true, found->second };
}

bool is_draft_by_name(const std::string &name) {
    static const std::set<std::string> drafts = {
        "AePrecaptureTrigger", "AeState",       "AwbState",     "ColorCorrectionAberrationMode", "LensShadingMapMode",
        "MaxLatency",          "NoiseReductionMode", "PipelineDepth", "SceneFlicker", "SensorRollingShutterSkew",
        "TestPatternMode",
    };
    return drafts.count(name) > 0;
}

const Enumerators &enumerators_by_name(const std::string &name) {
    static const Enumerators none;
    static const std::map<std::string, Enumerators> known = {
        { "AeMeteringMode",
          { { 0, "MeteringCentreWeighted" }, { 1, "MeteringSpot" }, { 2, "MeteringMatrix" }, { 3, "MeteringCustom" } } },
        { "AeConstraintMode",
          { { 0, "ConstraintNormal" }, { 1, "ConstraintHighlight" }, { 2, "ConstraintShadows" }, { 3, "ConstraintCustom" } } },
        { "AeExposureMode", { { 0, "ExposureNormal" }, { 1, "ExposureShort" }, { 2, "ExposureLong" }, { 3, "ExposureCustom" } } },
        { "AwbMode",
          { { 0, "AwbAuto" },
            { 1, "AwbIncandescent" },
            { 2, "AwbTungsten" },
            { 3, "AwbFluorescent" },
            { 4, "AwbIndoor" },
            { 5, "AwbDaylight" },
            { 6, "AwbCloudy" },
            { 7, "AwbCustom" } } },
        { "AfMode", { { 0, "AfModeManual" }, { 1, "AfModeAuto" }, { 2, "AfModeContinuous" } } },
        { "AfRange", { { 0, "AfRangeNormal" }, { 1, "AfRangeMacro" }, { 2, "AfRangeFull" } } },
        { "AfSpeed", { { 0, "AfSpeedNormal" }, { 1, "AfSpeedFast" } } },
        { "AfMetering", { { 0, "AfMeteringAuto" }, { 1, "AfMeteringWindows" } } },
        { "AfTrigger", { { 0, "AfTriggerStart" }, { 1, "AfTriggerCancel" } } },
        { "AfPause", { { 0, "AfPauseImmediate" }, { 1, "AfPauseDeferred" }, { 2, "AfPauseResume" } } },
        { "AfState", { { 0, "AfStateIdle" }, { 1, "AfStateScanning" }, { 2, "AfStateFocused" }, { 3, "AfStateFailed" } } },
        { "AfPauseState", { { 0, "AfPauseStateRunning" }, { 1, "AfPauseStatePausing" }, { 2, "AfPauseStatePaused" } } },
        { "HdrMode",
          { { 0, "HdrModeOff" },
            { 1, "HdrModeMultiExposureUnmerged" },
            { 2, "HdrModeMultiExposure" },
            { 3, "HdrModeSingleExposure" },
            { 4, "HdrModeNight" } } },
        { "HdrChannel",
          { { 0, "HdrChannelNone" }, { 1, "HdrChannelShort" }, { 2, "HdrChannelMedium" }, { 3, "HdrChannelLong" } } },
        { "AePrecaptureTrigger",
          { { 0, "AePrecaptureTriggerIdle" }, { 1, "AePrecaptureTriggerStart" }, { 2, "AePrecaptureTriggerCancel" } } },
        { "NoiseReductionMode",
          { { 0, "NoiseReductionModeOff" },
            { 1, "NoiseReductionModeFast" },
            { 2, "NoiseReductionModeHighQuality" },
            { 3, "NoiseReductionModeMinimal" },
            { 4, "NoiseReductionModeZSL" } } },
        { "ColorCorrectionAberrationMode",
          { { 0, "ColorCorrectionAberrationOff" },
            { 1, "ColorCorrectionAberrationFast" },
            { 2, "ColorCorrectionAberrationHighQuality" } } },
        { "AeState",
          { { 0, "AeStateInactive" },
            { 1, "AeStateSearching" },
            { 2, "AeStateConverged" },
            { 3, "AeStateLocked" },
            { 4, "AeStateFlashRequired" },
            { 5, "AeStatePrecapture" } } },
        { "AwbState", { { 0, "AwbStateInactive" }, { 1, "AwbStateSearching" }, { 2, "AwbConverged" }, { 3, "AwbLocked" } } },
        { "LensShadingMapMode", { { 0, "LensShadingMapModeOff" }, { 1, "LensShadingMapModeOn" } } },
        { "SceneFlicker", { { 0, "SceneFickerOff" }, { 1, "SceneFicker50Hz" }, { 2, "SceneFicker60Hz" } } },
        { "TestPatternMode",
          { { 0, "TestPatternModeOff" },
            { 1, "TestPatternModeSolidColor" },
            { 2, "TestPatternModeColorBars" },
            { 3, "TestPatternModeColorBarsFadeToGray" },
            { 4, "TestPatternModePn9" },
            { 256, "TestPatternModeCustom1" } } },
    };
    const auto found = known.find(name);
    return found == known.end() ? none : found->second;
}

} // namespace ccam
