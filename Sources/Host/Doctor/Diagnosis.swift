internal import CameraBindings
internal import Foundation

/// What is well and what is not about this machine's camera, each with the command that mends it.
struct Diagnosis {
    /// How a finding is to be taken.
    enum Grade: String {
        /// All is well.
        case good = "ok"
        /// It works, but not as it could.
        case attention = "note"
        /// It does not work.
        case bad = "FAIL"
    }

    /// One thing that was looked at.
    struct Finding: Equatable {
        /// How it is to be taken.
        var grade: Grade
        /// What was found, in one sentence.
        var sentence: String
        /// The command or the change that mends it; nil when nothing is to be done.
        var remedy: String?
    }

    let machine: Machine
    let libcamera: LibcameraInspection
    /// Whether the wall clock was set, or is believed.
    var isClockTrusted = true
    /// What the configuration asks of the tuning file.
    var tuning = TuningFile.Choice()

    /// Everything that was looked at, in the order in which one thing rests on another.
    var findings: [Finding] { library + devices + cameras + holders + memory + heaps + tuningFile + clock }

    /// Whether a camera of libcamera's can be used.
    var isUsable: Bool { libcamera.cameras.contains { $0.problem == nil } }

    private var isPi: Bool { machine.board?.contains("Raspberry Pi") ?? false }

    private var clock: [Finding] {
        guard !isClockTrusted else { return [Finding(grade: .good, sentence: "the wall clock is set")] }
        let sentence = "the wall clock was not set since the machine started: what scripts do by time of day or by the sun rests"
        return [Finding(grade: .attention, sentence: sentence, remedy: "sudo timedatectl set-ntp true; or 'luneta.clock: trusted'")]
    }

    private var library: [Finding] {
        if let problem = libcamera.problem { return [Finding(grade: .bad, sentence: problem, remedy: "sudo apt install libcamera-ipa")] }
        let pipelines = libcamera.pipelines.isEmpty ? "" : " with the pipelines \(libcamera.pipelines.joined(separator: ", "))"
        return [Finding(grade: .good, sentence: "libcamera \(libcamera.version)\(pipelines)")]
    }

    private var devices: [Finding] {
        let devices = machine.cameraDevices
        // A virtual camera has none.
        if devices.isEmpty, !libcamera.cameras.isEmpty { return [] }
        guard !devices.isEmpty else {
            let remedy =
                isPi
                ? "check the ribbon cable, keep 'camera_auto_detect=1' in /boot/firmware/config.txt, then: sudo reboot"
                : "plug a camera in, then: ls /dev/video* /dev/media*; 'dmesg | grep -iE \"video|camera|imx\"' tells what the kernel saw"
            return [Finding(grade: .bad, sentence: "the kernel knows no camera device", remedy: remedy)]
        }
        let closed = devices.filter { !machine.isWritable($0) }
        guard let first = closed.first else {
            return [Finding(grade: .good, sentence: "\(devices.count) camera devices of the kernel can be opened")]
        }
        return [
            Finding(
                grade: .bad,
                sentence: "\(closed.count) of \(devices.count) camera devices, \(first) among them, may not be opened by this user",
                remedy: "sudo usermod -aG video $USER, then log in again")
        ]
    }

    private var cameras: [Finding] {
        guard !libcamera.cameras.isEmpty else {
            guard !machine.cameraDevices.isEmpty, libcamera.problem == nil else { return [] }
            return [
                Finding(
                    grade: .bad, sentence: "libcamera makes no camera of the kernel's devices",
                    remedy: isPi
                        ? "sudo apt install libcamera-ipa; Debian's own libcamera has no Raspberry Pi pipeline, Raspberry Pi OS' has"
                        : "LIBCAMERA_LOG_LEVELS=DEBUG luneta doctor tells what libcamera tried")
            ]
        }
        return libcamera.cameras.map { camera in
            let listing = camera.listing
            let about = [listing.model, listing.location ?? "", listing.rotation == 0 ? "" : "mounted at \(listing.rotation) degrees"]
            let words = about.filter { !$0.isEmpty }.joined(separator: ", ")
            let name = "camera '\(listing.id)'" + (words.isEmpty ? "" : " (\(words))")
            guard let problem = camera.problem else { return Finding(grade: .good, sentence: name) }
            return Finding(grade: .bad, sentence: "\(name): \(problem)", remedy: busyRemedy)
        }
    }

    private var busyRemedy: String? {
        let pids = Set(machine.holders.map(\.pid)).sorted()
        return pids.isEmpty
            ? "sudo luneta doctor shows processes of other users too" : "kill \(pids.map(String.init).joined(separator: " "))"
    }

    private var holders: [Finding] {
        let byProcess = Dictionary(grouping: machine.holders, by: \.pid)
        return byProcess.keys.sorted().compactMap { pid in
            guard let held = byProcess[pid], let command = held.first?.command else { return nil }
            let devices = held.map(\.device).sorted().joined(separator: ", ")
            return Finding(grade: .attention, sentence: "process \(pid) holds \(devices): \(command)", remedy: "kill \(pid)")
        }
    }

    /// Contiguous memory that a 1080p stream with six buffers and a full-size still take, in KiB: 18 MB and 24 MB.
    private static let wantedMemory = 64 * 1024

    private var memory: [Finding] {
        guard let total = machine.memory("CmaTotal"), total > 0 else {
            return isPi ? [Finding(grade: .bad, sentence: "the kernel keeps no contiguous memory", remedy: cmaRemedy)] : []
        }
        let free = machine.memory("CmaFree") ?? 0
        let sentence = "contiguous memory (CMA): \(free / 1024) of \(total / 1024) MiB free"
        guard free < Diagnosis.wantedMemory else { return [Finding(grade: .good, sentence: sentence)] }
        return [Finding(grade: .attention, sentence: "\(sentence); large pictures may find none", remedy: cmaRemedy)]
    }

    private var cmaRemedy: String { "put 'dtoverlay=vc4-kms-v3d,cma-256' into /boot/firmware/config.txt, then: sudo reboot" }

    private var heaps: [Finding] {
        let heaps = machine.names("/dev/dma_heap")
        guard !heaps.isEmpty else {
            return isPi
                ? [
                    Finding(
                        grade: .attention, sentence: "there is no /dev/dma_heap: frames come in uncached memory",
                        remedy: "sudo apt full-upgrade")
                ]
                : []
        }
        guard heaps.contains(where: { machine.isWritable("/dev/dma_heap/\($0)") }) else {
            return [
                Finding(
                    grade: .attention, sentence: "/dev/dma_heap/\(heaps.joined(separator: ", ")) may not be opened by this user",
                    remedy: "sudo usermod -aG video $USER, then log in again")
            ]
        }
        return [Finding(grade: .good, sentence: "dma heaps: \(heaps.joined(separator: ", "))")]
    }

    private var tuningFile: [Finding] {
        let found = tuning.resolve(root: machine.root)
        if let warning = found.warning {
            return [Finding(grade: .attention, sentence: warning, remedy: "ls \(TuningFile.folders.joined(separator: " "))")]
        }
        return found.path.map { [Finding(grade: .good, sentence: "tuning file \($0)")] } ?? []
    }
}
