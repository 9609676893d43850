---@script check
---@about  Sets every control of this camera to two values, and reports from metadata and pixels what held.
---@param  wait number 5 s "longest wait for the proof of a change" 1..60

-- What is set, and what a frame has to show for it; `sees` compares the frame with the first value to the frame with the second.
local manual = { ["exposure.auto"] = false, ["exposure.time"] = 10000, ["exposure.gain"] = 2 }
local checks = {
  { key = "exposure.auto", values = { true, false } },
  { key = "exposure.time", values = { 5000, 20000 }, with = manual, field = "exposure_time" },
  { key = "exposure.gain", values = { 1.5, 6 }, with = manual, field = "gain" },
  { key = "exposure.value", values = { -1, 1 }, sees = { "luma", "rises" }, settle = 2 },
  { key = "exposure.mode", values = { "short", "long" } },
  { key = "exposure.constraint", values = { "highlight", "shadows" } },
  { key = "exposure.metering", values = { "spot", "matrix" } },
  { key = "exposure.max_time", values = { 0, 200000 } },
  { key = "white_balance.auto", values = { true, false } },
  { key = "white_balance.mode", values = { "tungsten", "daylight" }, settle = 2 },
  { key = "white_balance.red_gain", values = { 1.2, 2.8 }, with = { ["white_balance.auto"] = false }, field = "red_gain" },
  { key = "white_balance.blue_gain", values = { 1.2, 2.8 }, with = { ["white_balance.auto"] = false }, field = "blue_gain" },
  { key = "focus.mode", values = { "manual", "continuous" } },
  { key = "focus.range", values = { "normal", "macro" } },
  { key = "focus.lens_position", values = { 0, 8 }, with = { ["focus.mode"] = "manual" }, field = "lens_position", settle = 1 },
  { key = "image.brightness", values = { -0.3, 0.3 }, with = manual, sees = { "luma", "rises" } },
  { key = "image.contrast", values = { 0.5, 2 } },
  { key = "image.saturation", values = { 0, 2 }, sees = { "chroma", "rises" } },
  { key = "image.sharpness", values = { 0, 8 } },
  { key = "image.noise_reduction", values = { "off", "high_quality" } },
  { key = "image.hdr", values = { "off", "single-exp" } },
  { key = "image.lens_correction", values = { false, true } },
  { key = "geometry.roi", values = { { 0, 0, 1, 1 }, { 0.25, 0.25, 0.5, 0.5 } } },
  { key = "geometry.hflip", values = { false, true } },
  { key = "geometry.vflip", values = { false, true } },
  { key = "geometry.rotation", values = { 0, 180 } },
  { key = "stream.size", values = { { 1280, 720 }, { 1920, 1080 } } },
  { key = "stream.framerate", values = { 15, 30 }, field = "duration", expect = function(fps) return 1e6 / fps end, settle = 1 },
}

local totals = { held = 0, clamped = 0, unsupported = 0, failed = 0 }

local function text(value)
  if type(value) ~= "table" then return tostring(value) end
  local parts = {}
  for _, part in ipairs(value) do parts[#parts + 1] = tostring(part) end
  return "{" .. table.concat(parts, ", ") .. "}"
end

-- Applies one value; gives the outcome and a frame that is at least as new as the proof.
local function set(check, value)
  local change = {}
  for key, needed in pairs(check.with or {}) do change[key] = needed end
  change[check.key] = value
  local outcomes, problem = camera:apply(change):await(script.args.wait)
  if not outcomes then return { state = "unconfirmed", reason = tostring(problem) } end
  sleep((check.settle or 0) + 0.5)
  local frame = {}
  for _, name in ipairs { "exposure_time", "gain", "red_gain", "blue_gain", "lens_position", "duration", "luma", "chroma" } do
    frame[name] = camera.frame[name]
  end
  return outcomes[check.key], frame
end

-- Whether the frame's own figure is what was asked, within a tenth.
local function shown(check, value, frame)
  local got = check.field and frame and frame[check.field]
  if not got then return true end
  local wanted = check.expect and check.expect(value) or value
  return math.abs(got - wanted) <= 0.1 * math.max(math.abs(wanted), 0.5), got
end

local function judge(check, value, outcome, frame)
  if outcome.state == "unsupported" then return "unsupported", outcome.reason end
  if outcome.state == "clamped" then return "clamped", "to " .. text(outcome.applied) .. ": " .. tostring(outcome.reason) end
  if outcome.state ~= "applied" then return "failed", outcome.state .. " " .. tostring(outcome.reason or "") end
  local holds, got = shown(check, value, frame)
  if not holds then return "failed", "the frame says " .. text(got) end
  return "held", "frame " .. tostring(outcome.frame) .. (got and (", frame says " .. text(got)) or "")
end

local function run(check)
  local frames, all = {}, true
  for index, value in ipairs(check.values) do
    local outcome, frame = set(check, value)
    frames[index] = frame
    local verdict, detail = judge(check, value, outcome, frame)
    totals[verdict] = totals[verdict] + 1
    all = all and verdict == "held"
    log[verdict == "failed" and "error" or "info"](("%-11s %s = %s (%s)"):format(verdict, check.key, text(value), detail or ""))
  end
  if all and check.sees then
    local name = check.sees[1]
    local before, after = frames[1][name], frames[2][name]
    local rises = before and after and after > before
    if not rises then totals.failed = totals.failed + 1 end
    log[rises and "info" or "error"](("%-11s %s moves the picture's %s from %s to %s"):format(
      rises and "held" or "failed", check.key, name, text(before), text(after)))
  end
  camera:release()
end

log.info("camera " .. camera.info.model .. " (" .. camera.info.kind .. ")")
for _, check in ipairs(checks) do run(check) end
log.info(("done: %d held, %d clamped, %d unsupported, %d failed"):format(
  totals.held, totals.clamped, totals.unsupported, totals.failed))
