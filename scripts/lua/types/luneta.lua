---@meta luneta
-- Generated from the Catalog by `luneta docs`; not to be edited.

---@class luneta.Frame What the newest frame says about itself; nil where the camera does not say.
---@field sequence integer frame number since the camera was opened
---@field timestamp number start of exposure on the monotonic clock [s]
---@field exposure_time integer? exposure time of this frame [µs]
---@field gain number? sensor gain of this frame [×]
---@field digital_gain number? gain after the sensor [×]
---@field lux number? estimated illuminance of the scene [lux]
---@field colour_temperature integer? estimated colour temperature [K]
---@field red_gain number? white balance gain of red [×]
---@field blue_gain number? white balance gain of blue [×]
---@field lens_position number? lens position; 0 is infinity [dioptres]
---@field focus_figure integer? figure of merit of the focus; higher is sharper
---@field focus_state string? idle, scanning, focused or failed
---@field duration integer? time from this frame to the next [µs]
---@field black_levels integer[]? four black levels on a 16-bit scale
---@field exposure_settled boolean? whether automatic exposure has settled
---@field luma number? mean luma of the picture; 16 is black, 235 white
---@field chroma number? mean distance of the picture's colours from grey; 0 is grey

---@class luneta.exposure
---@field auto boolean Whether the camera chooses exposure time and gain itself.
---@field time number|string Exposure time while `exposure.auto` is off; longer than a frame makes the frame longer. [µs] 1..240000000
---@field gain number Sensor gain while `exposure.auto` is off. [×] 1..64
---@field value number How much brighter or darker than usual automatic exposure aims. [stops] -8..8
---@field mode "normal"|"short"|"long"|"custom" How automatic exposure splits between time and gain.
---@field constraint "normal"|"highlight"|"shadows"|"custom" What automatic exposure protects.
---@field metering "centre"|"spot"|"matrix"|"custom" Which part of the picture automatic exposure looks at.
---@field min_time number|string The shortest time automatic exposure may choose. [µs] 1..240000000
---@field max_time number|string The longest time automatic exposure may choose; above a frame's duration it lowers the frame rate in the dark. 0 leaves the limit to the frame rate. [µs] 0..240000000
---@field min_gain number The lowest gain automatic exposure may choose. [×] 1..64
---@field max_gain number The highest gain automatic exposure may choose; 0 leaves the limit to the sensor. [×] 0..64

---@class luneta.white_balance
---@field auto boolean Whether the camera chooses the gains of red and blue itself.
---@field mode "auto"|"incandescent"|"tungsten"|"fluorescent"|"indoor"|"daylight"|"cloudy"|"custom" Which family of light automatic white balance expects.
---@field red_gain number Gain of red while `white_balance.auto` is off. [×] 0.1..32
---@field blue_gain number Gain of blue while `white_balance.auto` is off. [×] 0.1..32

---@class luneta.focus
---@field mode "default"|"manual"|"auto"|"continuous" Who moves the lens: you, one scan on request, or the camera all the time; `default` acts as `manual`.
---@field range "normal"|"macro"|"full" Which distances a focus scan covers.
---@field lens_position number Distance of focus while `focus.mode` is manual; 0 is infinity, 1 is one metre. [dioptres] 0..32
---@field trigger fun() Starts one focus scan; needs `focus.mode` auto.

---@class luneta.image
---@field brightness number Lifts or lowers the whole picture. -1..1
---@field contrast number Spread between dark and bright; 1 is neutral. [×] 0..32
---@field saturation number Strength of colour; 0 is grey, 1 is neutral. [×] 0..32
---@field sharpness number Strength of edges; 1 is neutral. [×] 0..16
---@field noise_reduction "off"|"fast"|"high_quality"|"minimal"|"zsl" How noise is removed.
---@field hdr "off"|"auto"|"sensor"|"single-exp" High dynamic range: by the sensor, or from one exposure.
---@field tuning string Tuning file of the camera's image processing; empty takes what the configuration or the sensor says. Another one opens the camera anew: about a second without frames, which the event `camera.reopened` tells.
---@field lens_correction boolean Whether darkening towards the corners is corrected.

---@class luneta.geometry
---@field roi number[] Digital zoom: the window of the full field of view that fills the picture.
---@field hflip boolean Mirrors the picture left to right.
---@field vflip boolean Mirrors the picture top to bottom.
---@field rotation 0|180 Turns the picture. [°]
---@field fov_mode "scale"|"crop" `scale` picks the sensor mode that fits the size; `crop` leaves the choice to the camera.

---@class luneta.stream
---@field size integer[]|string Picture size of the stream. [px]
---@field framerate number Frames a second; cut to what the sensor mode can do. [fps] 0.1..1000
---@field bitrate number Bits a second of the video; 0 follows size and frame rate (6.5 Mbit/s per megapixel at 30 fps, 2 to 25). [bit/s] 0..50000000
---@field key_interval number|string Longest time between two key frames. [s] 0.1..10

---@class luneta.scene
---@field day_night "manual"|"auto" `auto` runs the bundled day and night script; `manual` stops it.
---@field threshold number Below this it is night. [lux] 0..1000000

---@class luneta.raw libcamera's controls by their own names, as far as the attached camera reports them.
---@field [string] boolean|number|string|table|nil

---@class luneta.Camera
---@field exposure luneta.exposure
---@field white_balance luneta.white_balance
---@field focus luneta.focus
---@field image luneta.image
---@field geometry luneta.geometry
---@field stream luneta.stream
---@field scene luneta.scene
---@field raw luneta.raw
---@field frame luneta.Frame
---@field info table Sensor, modes and limits.
camera = {}

---@class luneta.Handle
---@field cancel fun(self: luneta.Handle) Ends it.

---@class luneta.Outcome
---@field state "applied"|"clamped"|"unsupported"|"superseded"|"unconfirmed"
---@field asked any
---@field applied any
---@field frame integer?
---@field reason string?

---@class luneta.Change
---@field await fun(self: luneta.Change, timeout: number|string|nil): table<string, luneta.Outcome>?, luneta.Problem?

---@class luneta.Reply
---@field status integer 200 when all is well
---@field ok boolean whether the status is 200 to 299
---@field headers table<string, string> by lower-case name
---@field body string
---@field json any the body, when it says that it is JSON

---@class luneta.Holding
---@field owner string
---@field value any
---@field time number

---@class luneta.Timer
---@field kind "every"|"after"|"at"|"cron"|"sun"
---@field due number? seconds from now; nil while it waits for the clock to be set
---@field interval number? seconds, of `every`
---@field time number? seconds since 1970, of what goes by the wall clock

---@class luneta.Problem
---@field code string
---@field key string?
---@field allowed any
---@field given any

---@class luneta.StreamCommands
stream = {}

---Publishes the stream; nothing changes when it is already published. A script needs `---@needs stream`.
---@return any # The stream's status.
function stream.start() end

---Stops publishing; the camera keeps running. A script needs `---@needs stream`.
---@return any # The stream's status.
function stream.stop() end

---Says whether packets reach the server, and if not why.
---@return any # A table with `state`, `up` and `reason`.
function stream.status() end

---Makes the next frame a key frame.
---@return any # Nothing.
function stream.key_frame() end

---@class luneta.StillCommands
still = {}

---Takes a picture of the running camera into the media folder: JPEG in full colour, with EXIF. The stream goes on. A script needs `---@needs still`.
---@param options? { path?: string, width?: number, height?: number, fit?: "crop"|"fit"|"stretch", quality?: number, focus?: boolean, fresh?: boolean, overlay?: boolean }
---@return any # A table with `path`, `bytes`, `width`, `height`, `fit`, `scaled` (`up`, `down` or `none`), `frame`, `time`, `exposure_time`, `gain`, and with `focus` also `focused` and `focus_reason`.
function still.take(options) end

profile = {}
log = {}
clock = {}
http = {}
sun = {}

---Sets several controls with one camera request, all or nothing; a bad value raises.
---
---Example: `local change = camera:apply{ ["exposure.auto"] = false, ["exposure.time"] = "20ms" }`
---@param values table<string, any>
---@return luneta.Change
function camera:apply(values) end

---Sets several controls as `camera:apply` does, but lets numbers go there within `over`, a step a frame: exposure time and gains in equal photographic stops and never in a visible step, the rest evenly. The next write of a control ends its ramp; `:await()` answers at the end.
---
---Example: `camera:ramp{ ["exposure.gain"] = 8, over = "20m" }`
---@param values table<string, any>
---@return luneta.Change
function camera:ramp(values) end

---Hands a control, or all that this script holds, back to the holder underneath.
---
---Example: `camera:release("exposure.time")`
---@param key string?
function camera:release(key) end

---Lists who holds a control, newest first.
---
---Example: `for _, h in ipairs(camera:why("exposure.gain")) do print(h.owner, h.value) end`
---@param key string
---@return luneta.Holding[]
function camera:why(key) end

---Adds or replaces a named set of values.
---
---Example: `profile.define("night", { ["exposure.mode"] = "long" })`
---@param name string
---@param values table<string, any>
function profile.define(name, values) end

---Puts a profile on top of the stack of each of its controls; with `over` as a ramp, see `camera:ramp`.
---
---Example: `profile.push("night", { over = "20m" })`
---@param name string
---@param options { over?: number|string }?
---@return luneta.Change
function profile.push(name, options) end

---Takes a profile off; each control falls back to the holder underneath.
---
---Example: `profile.pop("night", { over = "20m" })`
---@param name string
---@param options { over?: number|string }?
---@return luneta.Change
function profile.pop(name, options) end

---Lists the active profiles, oldest first.
---
---Example: `print(#profile.active())`
---@return string[]
function profile.active() end

---Calls a function again and again, on an absolute schedule that does not drift.
---
---Example: `every("5m", function() log.info("lux", { lux = camera.frame.lux }) end)`
---@param interval number|string
---@param fn fun()
---@return luneta.Handle
function every(interval, fn) end

---Calls a function once, later.
---
---Example: `after("10s", function() camera:release() end)`
---@param delay number|string
---@param fn fun()
---@return luneta.Handle
function after(delay, fn) end

---Calls a function every day at a time of day. All that goes by the wall clock rests until that was set; a time that the change to summer time skips comes right after it, one that comes twice in autumn counts once.
---
---Example: `at("22:30", function() profile.push("night") end)`
---@param time string
---@param fn fun()
---@return luneta.Handle
function at(time, fn) end

---Calls a function as a line of a crontab says: minute, hour, day of the month, month, day of the week.
---
---Example: `cron("*/10 6-18 * * 1-5", function() still.take{} end)`
---@param expression string
---@param fn fun()
---@return luneta.Handle
function cron(expression, fn) end

---Calls a function with the sun: `sunrise sunset civil_dawn civil_dusk nautical_dawn nautical_dusk astronomical_dawn astronomical_dusk noon midnight`, `offset` earlier or later. Needs the settings `luneta.latitude` and `luneta.longitude`. Where the sun does not rise or set for months, the next time is after them.
---
---Example: `sun.on("civil_dusk", function() profile.push("night") end, { offset = "-15m" })`
---@param event "sunrise"|"sunset"|"civil_dawn"|"civil_dusk"|"nautical_dawn"|"nautical_dusk"|"astronomical_dawn"|"astronomical_dusk"|"noon"|"midnight"
---@param fn fun()
---@param options { offset?: number|string }?
---@return luneta.Handle
function sun.on(event, fn, options) end

---Degrees of the sun above the horizon, now or at a time in seconds since 1970; `nil` and a problem while the clock is not set.
---
---Example: `if (sun.elevation() or 0) < -6 then print('dark') end`
---@param time number?
---@return number?
---@return luneta.Problem?
function sun.elevation(time) end

---The next time of a sun event in seconds since 1970, after now or after another time.
---
---Example: `print(os.date("%H:%M", sun.next("sunset")))`
---@param event "sunrise"|"sunset"|"civil_dawn"|"civil_dusk"|"nautical_dawn"|"nautical_dusk"|"astronomical_dawn"|"astronomical_dusk"|"noon"|"midnight"
---@param after number?
---@return number?
---@return luneta.Problem?
function sun.next(event, after) end

---Waits; the script's other handlers run meanwhile.
---
---Example: `sleep("2s")`
---@param duration number|string
function sleep(duration) end

---Lists what this script has pending.
---
---Example: `print(#timers())`
---@return luneta.Timer[]
function timers() end

---The wall clock in seconds since 1970, UTC.
---
---Example: `print(clock.now())`
---@return number
function clock.now() end

---Whether the wall clock has been set since the machine started.
---
---Example: `if clock.trusted() then print(os.date()) end`
---@return boolean
function clock.trusted() end

---Calls a function for every event of a topic.
---
---Example: `on("light.changed", function(e) print(e.lux) end)`
---@param topic string
---@param fn fun(event: table)
---@return luneta.Handle
function on(topic, fn) end

---Waits for the next event of a topic; `nil` and a problem when the time runs out.
---
---Example: `local e, problem = wait("stream.up", "30s")`
---@param topic string
---@param timeout number|string|nil
---@return table?
---@return luneta.Problem?
function wait(topic, timeout) end

---Tells other scripts and clients something.
---
---Example: `emit("garden.gate", { open = true })`
---@param topic string
---@param fields table?
function emit(topic, fields) end

---Fetches an address; any status is an answer, `nil` and a problem when there is none, at the latest after `timeout` (10 s). Needs `---@needs http` or `---@needs http example.org`.
---
---Example: `local reply, problem = http.get("https://example.org/weather.json", { timeout = "5s" })`
---@param url string
---@param options { timeout?: number|string, headers?: table<string, string>, body?: string, json?: any, form?: table<string, string>, file?: string, max_bytes?: integer }?
---@return luneta.Reply?
---@return luneta.Problem?
function http.get(url, options) end

---Sends `body`, `json`, `form` or a `file` of the media folder to an address; any status is an answer, `nil` and a problem when there is none, at the latest after `timeout` (10 s). Needs `---@needs http` or `---@needs http example.org`.
---
---Example: `http.post("https://example.org/hook", { json = { lux = camera.frame.lux } })`
---@param url string
---@param options { timeout?: number|string, headers?: table<string, string>, body?: string, json?: any, form?: table<string, string>, file?: string, max_bytes?: integer }?
---@return luneta.Reply?
---@return luneta.Problem?
function http.post(url, options) end

---As `http.post`, with any `method`; any status is an answer, `nil` and a problem when there is none, at the latest after `timeout` (10 s). Needs `---@needs http` or `---@needs http example.org`.
---
---Example: `http.request("https://ntfy.sh/garden", { method = "PUT", file = "garden/noon.jpg" })`
---@param url string
---@param options { method?: string, timeout?: number|string, headers?: table<string, string>, body?: string, json?: any, form?: table<string, string>, file?: string, max_bytes?: integer }?
---@return luneta.Reply?
---@return luneta.Problem?
function http.request(url, options) end

---Writes a line of level debug to the script's own log.
---
---Example: `log.debug("switched to night", { lux = 3.1 })`
---@param text any
---@param fields table?
function log.debug(text, fields) end

---Writes a line of level info to the script's own log.
---
---Example: `log.info("switched to night", { lux = 3.1 })`
---@param text any
---@param fields table?
function log.info(text, fields) end

---Writes a line of level warn to the script's own log.
---
---Example: `log.warn("switched to night", { lux = 3.1 })`
---@param text any
---@param fields table?
function log.warn(text, fields) end

---Writes a line of level error to the script's own log.
---
---Example: `log.error("switched to night", { lux = 3.1 })`
---@param text any
---@param fields table?
function log.error(text, fields) end

---What this script keeps; it survives a reload. JSON-shaped values only.
---@type table<string, any>
persist = {}

---@class luneta.Script
---@field name string
---@field args table<string, any>
---@field generation integer
script = {}
