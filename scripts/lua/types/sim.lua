---@meta

-- What a test file finds (`NAME_test.lua`, run by `luneta test`); docs/rehearsal.md has it in words.

---@class luneta.Expectation
---@field is fun(wanted: any)
---@field isnt fun(unwanted: any)
---@field near fun(wanted: number, tolerance: number?)
---@field below fun(limit: number)
---@field above fun(limit: number)
---@field between fun(low: number, high: number)
---@field contains fun(part: any)
---@field matches fun(pattern: string)
---@field exists fun()

---Checks a value; what is not so fails the test at this line.
---@param value any
---@return luneta.Expectation
function expect(value) end

---A test: a sentence, and what is to hold.
---@param sentence string
---@param body fun(sim: luneta.Sim)
function test(sentence, body) end

---@class luneta.World
---@field day string? such as "2026-12-21"
---@field time string? such as "16:00"
---@field lat number? degrees north
---@field lon number? degrees east
---@field zone string? such as "Europe/Berlin"
---@field clouds "none"|"gusty"|"overcast"|nil
---@field moon boolean?
---@field lamp number? lux of a street lamp at night
---@field headlights number? cars an hour at night
---@field infrared number? lux of the camera's own light while the profile `night` is active
---@field camera string? the sensor, such as "imx708_noir"
---@field cadence number|string|nil between two frames of metadata
---@field seed integer?
---@field trusted boolean? whether the wall clock was set

---@class luneta.Sim
---@field at fun(world: luneta.World)
---@field load fun(name: string, args: table?)
---@field source fun(name: string, text: string, args: table?)
---@field stop fun(name: string)
---@field reload fun(name: string)
---@field state fun(name: string): "running"|"done"|"failed"|"stopped"
---@field problem fun(name: string): string?
---@field log fun(name: string): table[]
---@field run fun(duration: number|string)
---@field run_to fun(time: string)
---@field now fun(): number
---@field time fun(): string
---@field count fun(topic: string, fields: table?): integer
---@field events fun(topic: string?): table[]
---@field decisions fun(script: string?): table[]
---@field at_time fun(time: string): table
---@field samples fun(): table[]
---@field value fun(control: string): any
---@field frame fun(): table
---@field stills fun(): table[]
---@field requests fun(part: string?): table[]
---@field http fun(part: string, answer: table)
---@field light fun(lux: number?)
---@field clouds fun(kind: "none"|"gusty"|"overcast")
---@field flash fun(flash: { lux: number?, duration: number|string|nil })
---@field step_clock fun(by: number|string)
---@field trust fun(is_trusted: boolean)
---@field stream fun(state: "up"|"down", reason: string?)
---@field camera fun(state: "found"|"lost", reason: string?)
---@field disk_full fun(is_full: boolean)
---@field emit fun(topic: string, fields: table?)
---@field power_cut fun(duration: number|string)
