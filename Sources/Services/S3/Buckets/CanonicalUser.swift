import Checksums
import Cloud

/// Who owns what, as S3 shows it: 64 hexadecimal digits, the same for an account in every run and every installation.
///
/// The account can be found from them, since accounts need not be created and so cannot be looked up: the last 54 digits are
/// of a digest of its number, the first ten are the number behind a digest of those.
enum CanonicalUser {
  /// What AWS calls requests without a signature.
  static let anonymous = "65a011a29cdf8ec533ec3d1ccaae921c"

  static func id(of account: AccountID) -> String {
    let tail = String(digest("canonical user of \(account)").suffix(54))
    let number = (Int64(account.rawValue) ?? 0) ^ mask(tail)
    let head = String(number, radix: 16)
    return String(repeating: "0", count: 10 - head.count) + head + tail
  }

  static func id(of owner: ObjectOwner) -> String {
    switch owner {
    case .account(let account): id(of: account)
    case .anonymous: anonymous
    }
  }

  /// The account with a canonical user id; nothing if no account has it.
  static func account(_ id: String) -> AccountID? {
    guard id.utf8.count == 64, let head = Int64(id.prefix(10), radix: 16) else { return nil }
    let digits = String(head ^ mask(String(id.suffix(54))))
    guard digits.count <= 12 else { return nil }
    let account = AccountID(String(repeating: "0", count: 12 - digits.count) + digits)
    return account.flatMap { self.id(of: $0) == id ? $0 : nil }
  }

  /// Forty bits.
  private static func mask(_ tail: String) -> Int64 { Int64(digest(tail).prefix(10), radix: 16) ?? 0 }

  private static func digest(_ text: String) -> String {
    Hex.encode(DigestAlgorithm.sha256.checksum(of: Array(text.utf8)))
  }
}
