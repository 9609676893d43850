import Catalog
import Foundation
import Testing
import Timing

@testable import luneta

/// The machine's figures from files as kernels write them.
struct MachineStatusTests {
    private func machine(_ files: [String: String]) throws -> Machine {
        let root = NSTemporaryDirectory() + "luneta-machine-\(UUID().uuidString)"
        for (path, text) in files {
            let file = URL(fileURLWithPath: root + path)
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        return Machine(root: root)
    }

    private func status(_ files: [String: String]) throws -> Document {
        MachineStatus(try machine(files), clock: SystemClock()).document
    }

    @Test(arguments: [(59_900, 59.9, "normal"), (60_000, 60, "warm"), (70_000, 70, "hot"), (80_049, 80, "critical")])
    func `the temperature is the processor's`(raw: Int, degrees: Double, word: String) throws {
        let status = try status([
            "/sys/class/thermal/thermal_zone0/type": "acpitz", "/sys/class/thermal/thermal_zone0/temp": "20000",
            "/sys/class/thermal/thermal_zone1/type": "cpu-thermal", "/sys/class/thermal/thermal_zone1/temp": "\(raw)\n",
        ])
        #expect(status["temperature"] == ["cpu_c": .number(degrees), "status": .text(word)])
    }

    @Test func `the load is that between two samples, without waiting for disks`() throws {
        let machine = try machine(["/proc/stat": "cpu  100 0 100 800 0 0 0 0 0 0\ncpu0 1 1 1 1\n"])
        let load = ProcessorLoad(machine)
        #expect(load.percent == 20)
        try "cpu  150 0 100 820 30 0 0 0 50 0\n".write(toFile: machine.root + "/proc/stat", atomically: true, encoding: .utf8)
        load.sample()
        #expect(load.percent == 50)
        load.sample()
        #expect(load.percent == 50)
    }

    @Test func `memory and load are in the units of the contract`() throws {
        let status = try status([
            "/proc/meminfo": "MemTotal:        4194304 kB\nMemFree: 1 kB\nMemAvailable:    3145728 kB\n",
            "/proc/loadavg": "0.456 1.2 3 1/2 3\n",
            "/proc/uptime": "172800.50 1.0\n",
        ])
        #expect(status["memory"] == ["total_mb": 4096.0, "used_mb": 1024.0, "available_mb": 3072.0, "percent": 25.0])
        #expect(status["cpu"]?["load_average"] == ["1min": 0.46, "5min": 1.2, "15min": 3.0])
        #expect(status["uptime"]?["system_days"] == 2.0)
    }

    @Test func `the network is that of the default route, and the loopback does not count`() throws {
        let dev = """
            Inter-|   Receive                                                |  Transmit
             face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
                lo: 9999 99 0 0 0 0 0 0 9999 99 0 0 0 0 0 0
              eth0: 100 2 0 0 0 0 0 0 300 4 0 0 0 0 0 0
             wlan0: 1000 20 0 0 0 0 0 0 3000 40 0 0 0 0 0 0
            """
        let route = """
            Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask
            eth0\t0000A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF
            eth0\t00000000\t0100A8C0\t0003\t0\t0\t600\t00000000
            wlan0\t00000000\t0100A8C0\t0003\t0\t0\t100\t00000000
            """
        let wireless = "Inter-| sta-|\n face | tus |\n wlan0: 0000   58.  -52.  -256        0\n"
        let network = try status(["/proc/net/dev": dev, "/proc/net/route": route, "/proc/net/wireless": wireless])["network"]
        #expect(network?["bytes_sent"] == 3300 && network?["bytes_received"] == 1100)
        #expect(network?["packets_sent"] == 44 && network?["packets_received"] == 22)
        #expect(network?["interface"] == "wlan0")
        #expect(network?["wifi"] == ["signal_dbm": -52, "quality_percent": 96.0, "status": "good"])
    }

    @Test func `throttling has the firmware's meaning`() throws {
        let status = try status(["/sys/devices/platform/soc/soc:firmware/get_throttled": "50005\n"])
        #expect(
            status["throttled"] == [
                "currently_throttled": true, "under_voltage_detected": true, "frequency_capped": false,
                "currently_throttled_temperature": false, "has_occurred": true, "raw_value": "0x50005",
            ])
    }

    @Test func `what cannot be read is null`() throws {
        let status = try status([:])
        for section in ["temperature", "cpu", "memory", "network", "throttled"] { #expect(status[section] == .null, "\(section)") }
    }
}
