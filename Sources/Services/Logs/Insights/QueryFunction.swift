import Foundation

/// The functions of expressions. AWS: query syntax, "Supported operations and functions".
enum QueryFunction: String, Sendable {
  // Numbers
  case abs, ceil, floor, greatest, least, log, sqrt
  // Times
  case bin, datefloor, dateceil, frommillis, tomillis
  // General
  case ispresent, coalesce
  // Texts
  case isempty, isblank, concat, ltrim, rtrim, trim, strlen, toupper, tolower, substr, replace, strcontains
  // Addresses
  case isvalidip, isvalidipv4, isvalidipv6, isipinsubnet, isipv4insubnet, isipv6insubnet

  /// How many arguments it takes.
  var arity: ClosedRange<Int> {
    switch self {
    case .abs, .ceil, .floor, .log, .sqrt, .frommillis, .tomillis, .ispresent, .isempty, .isblank, .strlen, .toupper,
      .tolower, .bin, .isvalidip, .isvalidipv4, .isvalidipv6:
      1...1
    case .datefloor, .dateceil, .strcontains, .isipinsubnet, .isipv4insubnet, .isipv6insubnet: 2...2
    case .ltrim, .rtrim, .trim: 1...2
    case .substr: 2...3
    case .replace: 3...3
    case .greatest, .least, .coalesce, .concat: 1...100
    }
  }

  func value(_ arguments: [QueryExpression], _ fields: some QueryFields) -> QueryValue {
    func argument(_ index: Int) -> QueryValue {
      index < arguments.count ? arguments[index].value(fields) : .missing
    }
    func text(_ index: Int) -> String? { argument(index).text }
    func number(_ body: (Double) -> Double) -> QueryValue {
      guard let value = argument(0).number.map(body), value.isFinite else { return .missing }
      return .number(value)
    }
    switch self {
    case .abs: return number { Swift.abs($0) }
    case .ceil: return number { $0.rounded(.up) }
    case .floor: return number { $0.rounded(.down) }
    case .log: return number { Foundation.log($0) }
    case .sqrt: return number { $0.squareRoot() }
    case .greatest: return (arguments.compactMap { $0.value(fields).number }.max()).map { .number($0) } ?? .missing
    case .least: return (arguments.compactMap { $0.value(fields).number }.min()).map { .number($0) } ?? .missing
    case .bin: return QueryFunction.rounded(fields.value("@timestamp"), argument(0), .down)
    case .datefloor: return QueryFunction.rounded(argument(0), argument(1), .down)
    case .dateceil: return QueryFunction.rounded(argument(0), argument(1), .up)
    case .frommillis:
      return argument(0).number.flatMap { Int64(exactly: $0.rounded()) }.map { .time($0) } ?? .missing
    case .tomillis: return argument(0).number.map { .number($0) } ?? .missing
    case .ispresent: return .bool(!argument(0).isMissing)
    case .coalesce: return arguments.lazy.map { $0.value(fields) }.first { !$0.isMissing } ?? .missing
    case .isempty: return .bool(text(0)?.isEmpty ?? true)
    case .isblank: return .bool(text(0)?.allSatisfy(\.isWhitespace) ?? true)
    case .concat: return .text(arguments.map { $0.value(fields).text ?? "" }.joined())
    case .ltrim: return QueryFunction.trimmed(text(0), text(1), isLeft: true, isRight: false)
    case .rtrim: return QueryFunction.trimmed(text(0), text(1), isLeft: false, isRight: true)
    case .trim: return QueryFunction.trimmed(text(0), text(1), isLeft: true, isRight: true)
    case .strlen: return text(0).map { .number(Double($0.unicodeScalars.count)) } ?? .missing
    case .toupper: return text(0).map { .text($0.uppercased()) } ?? .missing
    case .tolower: return text(0).map { .text($0.lowercased()) } ?? .missing
    case .substr: return QueryFunction.part(text(0), argument(1).number, argument(2).number)
    case .replace:
      guard let whole = text(0), let old = text(1), let new = text(2), !old.isEmpty else { return argument(0) }
      return .text(whole.replacingOccurrences(of: old, with: new))
    case .strcontains:
      guard let whole = text(0), let part = text(1) else { return .bool(false) }
      return .bool(whole.contains(part))
    case .isvalidip: return .bool(text(0).flatMap { IPSubnet($0) } != nil)
    case .isvalidipv4: return .bool(text(0).flatMap { IPSubnet($0) }?.bytes.count == 4)
    case .isvalidipv6: return .bool(text(0).flatMap { IPSubnet($0) }?.bytes.count == 16)
    case .isipinsubnet, .isipv4insubnet, .isipv6insubnet:
      guard let address = text(0).flatMap({ IPSubnet($0) }), let subnet = text(1).flatMap({ IPSubnet($0) }) else {
        return .bool(false)
      }
      let isKind =
        self == .isipinsubnet || address.bytes.count == (self == .isipv4insubnet ? 4 : 16)
      return .bool(isKind && subnet.contains(address))
    }
  }

  private static func rounded(
    _ time: QueryValue, _ period: QueryValue, _ rule: FloatingPointRoundingRule
  ) -> QueryValue {
    guard let time = time.number, let period = period.number, period > 0 else { return .missing }
    return Int64(exactly: (time / period).rounded(rule) * period).map { .time($0) } ?? .missing
  }

  private static func trimmed(_ text: String?, _ set: String?, isLeft: Bool, isRight: Bool) -> QueryValue {
    guard let text else { return .missing }
    let isTrimmed: (Character) -> Bool = { set.map { set in { set.contains($0) } }?($0) ?? $0.isWhitespace }
    var rest = Substring(text)
    if isLeft { rest = rest.drop(while: isTrimmed) }
    if isRight { while let last = rest.last, isTrimmed(last) { rest.removeLast() } }
    return .text(String(rest))
  }

  private static func part(_ text: String?, _ start: Double?, _ length: Double?) -> QueryValue {
    guard let text, let start = start.flatMap({ Int(exactly: $0.rounded()) }), start >= 0 else { return .missing }
    let rest = text.dropFirst(start)
    guard let length else { return .text(String(rest)) }
    return .text(String(rest.prefix(Int(exactly: max(0, length).rounded()) ?? 0)))
  }
}

/// An address, or a range of addresses in CIDR notation.
struct IPSubnet: Sendable, Equatable {
  let bytes: [UInt8]
  let prefix: Int

  init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    var four = in_addr()
    var six = in6_addr()
    if inet_pton(AF_INET, String(parts[0]), &four) == 1 {
      bytes = withUnsafeBytes(of: four) { Array($0) }
    } else if inet_pton(AF_INET6, String(parts[0]), &six) == 1 {
      bytes = withUnsafeBytes(of: six) { Array($0) }
    } else {
      return nil
    }
    if parts.count == 2 {
      guard let prefix = Int(parts[1]), (0...(bytes.count * 8)).contains(prefix) else { return nil }
      self.prefix = prefix
    } else {
      prefix = bytes.count * 8
    }
  }

  func contains(_ other: IPSubnet) -> Bool {
    guard bytes.count == other.bytes.count, other.prefix >= prefix else { return false }
    return (0..<prefix).allSatisfy { bit in
      let mask = UInt8(0x80) >> UInt8(bit % 8)
      return bytes[bit / 8] & mask == other.bytes[bit / 8] & mask
    }
  }
}
