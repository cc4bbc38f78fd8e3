/// Addresses of account owners.
enum EmailAddress {
  /// Whether AWS takes an address for a new account.
  ///
  /// AWS: Organizations API, `CreateAccountRequest.Email`: 6 to 64 characters of 7-bit ASCII, one @, none of the listed special
  /// characters, no dot at either end of the local name or the domain, no two dots in a row.
  static func isValid(_ address: String) -> Bool {
    let bytes = address.utf8
    guard (6...64).contains(bytes.count), bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else { return false }
    let parts = address.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, let local = parts.first, let domain = parts.last, !local.isEmpty, !domain.isEmpty else {
      return false
    }
    guard !address.contains(where: { #""'()<>[]:;\,|/"#.contains($0) }) else { return false }
    guard !address.contains(".."), !local.hasPrefix("."), !local.hasSuffix(".") else { return false }
    guard domain.contains("."), !domain.hasPrefix("."), !domain.hasSuffix("."), !domain.hasPrefix("-"),
      !domain.hasSuffix("-")
    else { return false }
    return domain.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") }
  }
}
