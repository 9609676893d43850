/// Names an H.264 stream as RFC 6381 does.
enum CodecName {
    /// `avc1.` with profile, constraints and level of the first SPS among Annex B units, six hexadecimal digits; nil without an SPS.
    static func name(_ parameters: [UInt8]) -> String? {
        for start in parameters.indices.dropLast(6) where isStart(parameters[start...]) && parameters[start + 3] & 31 == 7 {
            return "avc1." + parameters[start + 4..<start + 7].map(digits).joined()
        }
        return nil
    }

    private static func isStart(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.starts(with: [0, 0, 1]) }

    private static func digits(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count < 2 ? "0" + digits : digits
    }
}
