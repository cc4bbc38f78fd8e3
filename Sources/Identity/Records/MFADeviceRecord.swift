import Checksums
import Cloud
import Wire

/// A virtual MFA device: a secret that an authenticator app and the account share.
public struct MFADeviceRecord: Record {
  public static let kind = "iam.mfa-device"
  public static let isCached = true
  public static let indexes = [byUser]
  /// Lists the devices of a user; those of the root user stand under an empty name.
  public static let byUser = Index<MFADeviceRecord>("user") { $0.owner.map { Key($0.lowercased()) } }

  public let account: AccountID
  public let name: String
  public let path: String
  /// The shared secret, in base 32.
  public let seed: String
  /// The name of its user, empty for the root user; nothing while it is not assigned.
  public var owner: String?
  public var enabled: Timestamp?
  public var tags: [IdentityTag] = []
  /// The time step of the last code that was accepted: a code counts once.
  public var lastStep: Int64 = 0

  public var key: Key { Key(serialNumber) }
  public var serialNumber: String { "arn:aws:iam::\(account):mfa\(path)\(name)" }

  public init(account: AccountID, name: String, path: String, seed: String) {
    self.account = account
    self.name = name
    self.path = path
    self.seed = seed
  }

  /// The devices of a user, or with an empty name of the root user.
  public static func all(
    of owner: String, in account: AccountID, _ transaction: Transaction
  ) throws(AWSError) -> [MFADeviceRecord] {
    try transaction.scan(
      MFADeviceRecord.self, by: byUser, in: Scope(account), .prefix(.string(owner.lowercased())))
  }

  /// Takes a code that the device shows now, or showed or will show within a minute; no code is taken twice.
  /// - Returns: whether the code is right.
  public mutating func accept(_ code: String, at now: Timestamp) -> Bool {
    let step = now.seconds / 30
    for candidate in (step - 2)...(step + 2) where candidate > lastStep {
      if OneTimePassword.code(seed: seed, step: candidate) == code {
        lastStep = candidate
        return true
      }
    }
    return false
  }
}

/// Time-based one-time passwords (RFC 6238): six digits, thirty seconds, SHA-1.
public enum OneTimePassword {
  /// The code of a time step; nothing if the seed is not base 32.
  public static func code(seed: String, step: Int64) -> String? {
    guard let key = decode(seed) else { return nil }
    var counter: [UInt8] = []
    for shift in stride(from: 56, through: 0, by: -8) {
      counter.append(UInt8(truncatingIfNeeded: step >> Int64(shift)))
    }
    let mac = authenticate(counter, key)
    guard mac.count == 20 else { return nil }
    let offset = Int(mac[19] & 15)
    var number = UInt32(mac[offset] & 0x7F)
    for index in 1...3 { number = number << 8 | UInt32(mac[offset + index]) }
    let digits = String(number % 1_000_000)
    return String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// HMAC (RFC 2104) with SHA-1; keys are shorter than a block here.
  private static func authenticate(_ message: [UInt8], _ key: [UInt8]) -> [UInt8] {
    var block = key.count > 64 ? ChecksumAlgorithm.sha1.checksum(of: key) : key
    block += Array(repeating: 0, count: 64 - block.count)
    let inner = ChecksumAlgorithm.sha1.checksum(of: block.map { $0 ^ 0x36 } + message)
    return ChecksumAlgorithm.sha1.checksum(of: block.map { $0 ^ 0x5C } + inner)
  }

  private static func decode(_ text: String) -> [UInt8]? {
    var result: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for character in text.utf8 {
      let value: UInt8
      switch character {
      case 65...90: value = character - 65
      case 50...55: value = character - 24
      default: return nil
      }
      bits = bits << 5 | UInt32(value)
      count += 5
      if count >= 8 {
        count -= 8
        result.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return result
  }
}

/// Passwords, kept as salted digests.
public enum PasswordDigest {
  /// The digest of a password.
  public static func make(_ password: String, salt: String) -> String {
    // Many rounds would slow down nobody but tests: this guards no more than a laptop's data folder.
    Hex.encode(ChecksumAlgorithm.sha256.checksum(of: Array((salt + ":" + password).utf8)))
  }
}
