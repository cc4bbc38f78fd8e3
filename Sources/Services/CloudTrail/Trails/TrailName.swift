import Cloud
import Wire

/// The names and ARNs of trails.
enum TrailName {
  /// AWS: CloudTrail user guide, "Naming requirements for CloudTrail resources".
  /// - Throws: InvalidTrailNameException.
  static func check(_ name: String) throws(AWSError) {
    let bytes = Array(name.utf8)
    if bytes.isEmpty { throw .invalidName("Trail name cannot be blank!") }
    if bytes.count < 3 {
      throw .invalidName(
        "Trail name too short. Minimum allowed length: 3 characters. Specified name length: \(bytes.count) characters.")
    }
    if bytes.count > 128 {
      throw .invalidName(
        "Trail name too long. Maximum allowed length: 128 characters. Specified name length: \(bytes.count) characters."
      )
    }
    guard bytes.allSatisfy({ isAlphanumeric($0) || isMark($0) }) else {
      throw .invalidName(
        "Trail name or ARN can only contain uppercase letters, lowercase letters, numbers, periods (.), hyphens (-), and "
          + "underscores (_).")
    }
    if let first = bytes.first, !isAlphanumeric(first) {
      throw .invalidName("Trail name must starts with a letter or number.")
    }
    if let last = bytes.last, !isAlphanumeric(last) {
      throw .invalidName("Trail name must ends with a letter or number.")
    }
    // unverified: words of the last two
    if zip(bytes, bytes.dropFirst()).contains(where: { isMark($0) && isMark($1) }) {
      throw .invalidName("Trail name cannot contain adjacent periods, underscores or dashes.")
    }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count == 4, parts.allSatisfy({ Int($0) != nil }) {
      throw .invalidName("Trail name must not be formatted as an IP address.")
    }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
  }

  private static func isMark(_ byte: UInt8) -> Bool { byte == 45 || byte == 46 || byte == 95 }

  /// A trail as it was named: by its name alone, or by its ARN.
  enum Reference {
    case name(String)
    case arn(text: String, region: Region, account: AccountID, name: String)
  }

  /// - Throws: InvalidTrailNameException, CloudTrailARNInvalidException.
  static func parse(_ text: String) throws(AWSError) -> Reference {
    guard text.hasPrefix("arn:") else {
      try check(text)
      return .name(text)
    }
    guard let arn = ARN(text), arn.service == "cloudtrail", let region = Region(arn.region),
      let account = arn.accountID, arn.resource.hasPrefix("trail/")
    else {
      // unverified: words
      throw .invalidARN(
        "The ARN \(text) is not valid: it must look like arn:aws:cloudtrail:<region>:<account>:trail/<name>.")
    }
    let name = String(arn.resource.dropFirst("trail/".count))
    try check(name)
    return .arn(text: text, region: region, account: account, name: name)
  }

  static func arn(_ name: String, _ region: Region, _ account: AccountID) -> String {
    "arn:aws:cloudtrail:\(region):\(account):trail/\(name)"
  }
}
