import Cloud

/// The ids that IAM draws for what it keeps: `AKIA…` for access keys, `AIDA…` for users, and so on.
///
/// As in AWS, the account's number stands in the first characters behind the prefix, in base 32: so an access key id alone
/// says which account it belongs to (`sts:GetAccessKeyInfo`), and an id is found without a table over all accounts.
public enum UniqueID {
  /// AWS: IAM user guide, "Unique identifiers".
  public enum Kind: String, Sendable, CaseIterable {
    case group = "AGPA"
    case user = "AIDA"
    case instanceProfile = "AIPA"
    case accessKey = "AKIA"
    case managedPolicy = "ANPA"
    case role = "AROA"
    case temporaryAccessKey = "ASIA"

    /// The characters behind the prefix: 16 for access keys, 17 for all else.
    var length: Int {
      switch self {
      case .accessKey, .temporaryAccessKey: 16
      default: 17
      }
    }
  }

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

  /// A new id of an account's.
  public static func make(_ kind: Kind, for account: AccountID, _ random: RandomSource) -> String {
    // One set bit, the account's forty, and nine random ones fill ten characters; the rest is random.
    let number = UInt64(account.rawValue) ?? 0
    let head = 1 << 49 | number << 9 | random.next() & 0x1FF
    var characters: [UInt8] = []
    for index in 0..<10 { characters.append(alphabet[Int(head >> UInt64(45 - index * 5) & 31)]) }
    return kind.rawValue + String(decoding: characters, as: UTF8.self) + random.text(kind.length - 10, .base32)
  }

  /// The kind and account of an id; nothing if it is not one.
  public static func read(_ id: some StringProtocol) -> (kind: Kind, account: AccountID)? {
    guard let kind = Kind(rawValue: String(id.prefix(4))), id.utf8.count == kind.length + 4 else { return nil }
    var head: UInt64 = 0
    for (index, character) in id.utf8.dropFirst(4).enumerated() {
      let value: UInt8
      switch character {
      case 65...90: value = character - 65
      case 50...55: value = character - 24
      default: return nil
      }
      if index < 10 { head = head << 5 | UInt64(value) }
    }
    let digits = String(head >> 9 & (1 << 40 - 1))
    guard digits.utf8.count <= 12 else { return nil }
    let padded = String(repeating: "0", count: 12 - digits.utf8.count) + digits
    return AccountID(padded).map { (kind, $0) }
  }

  /// A new secret access key: forty characters.
  public static func secret(_ random: RandomSource) -> String { random.text(40, .base64) }

  /// A new session token, as long as AWS's usually are; it means nothing but itself.
  public static func sessionToken(_ random: RandomSource) -> String {
    "IQoJb3JpZ2luX2Vj" + random.text(338, .base64) + "=="
  }
}
