/// A twelve-digit AWS account id.
public struct AccountID: Sendable, Hashable, Codable, RawRepresentable, CustomStringConvertible {
  public let rawValue: String

  /// An id, if `text` is twelve ASCII digits.
  public init?(_ text: String) {
    guard text.utf8.count == 12, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    rawValue = text
  }

  public init?(rawValue: String) { self.init(rawValue) }

  private init(known: String) { rawValue = known }

  /// The account that exists out of the box, `000000000000`.
  public static let first = AccountID(known: "000000000000")

  /// The account of resources that AWS itself owns (`arn:aws:iam::aws:policy/…`) has no number; this is only its word.
  public static let awsOwned = "aws"

  public var description: String { rawValue }

  public init(from decoder: any Decoder) throws {
    rawValue = try decoder.singleValueContainer().decode(String.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}

/// An AWS Region's name.
public struct Region: Sendable, Hashable, Codable, RawRepresentable, CustomStringConvertible {
  public let rawValue: String

  /// A Region, if `text` looks like a Region's name (lower-case letters, digits and hyphens, at most 32).
  public init?(_ text: String) {
    let bytes = text.utf8
    guard !bytes.isEmpty, bytes.count <= 32 else { return nil }
    guard bytes.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }) else { return nil }
    rawValue = text
  }

  public init?(rawValue: String) { self.init(rawValue) }

  private init(known: String) { rawValue = known }

  /// N. Virginia: the Region of global services, and the default.
  public static let usEast1 = Region(known: "us-east-1")

  public var description: String { rawValue }

  public init(from decoder: any Decoder) throws {
    rawValue = try decoder.singleValueContainer().decode(String.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}

/// An Amazon Resource Name, `arn:partition:service:region:account:resource`.
public struct ARN: Sendable, Hashable, Codable, CustomStringConvertible, LosslessStringConvertible {
  public let partition: String
  public let service: String
  public let region: String
  public let account: String
  /// Everything behind the fifth colon.
  public let resource: String

  /// An ARN from its parts; Region and account may be left out, as S3 and IAM do.
  public init(_ service: String, region: Region? = nil, account: AccountID? = nil, _ resource: String) {
    partition = "aws"
    self.service = service
    self.region = region?.rawValue ?? ""
    self.account = account?.rawValue ?? ""
    self.resource = resource
  }

  /// Reads `arn:…`; nothing if `text` has fewer than six parts or an empty partition, service or resource.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "arn", !parts[1].isEmpty, !parts[2].isEmpty, !parts[5].isEmpty else {
      return nil
    }
    partition = String(parts[1])
    service = String(parts[2])
    region = String(parts[3])
    account = String(parts[4])
    resource = String(parts[5])
  }

  /// The account part, if it is an account's number.
  public var accountID: AccountID? { AccountID(account) }

  public var description: String { "arn:\(partition):\(service):\(region):\(account):\(resource)" }

  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let arn = ARN(text) else {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not an ARN: \(text)"))
    }
    self = arn
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
