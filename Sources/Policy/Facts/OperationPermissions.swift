/// Which actions an API operation needs.
///
/// For nine operations in ten the action is `prefix:Operation`; the others are in a table of exceptions.
public struct OperationPermission: Sendable, Hashable {
  /// When the action is needed.
  public enum Need: String, Sendable {
    case always
    /// Instead of the one before it, depending on the request: with a version id, `s3:GetObjectVersion`.
    case alternative
    /// Only when the request uses a feature.
    case whenUsed
  }

  /// `s3:PutObject`.
  public let action: String
  public let need: Need
  /// The kind of resource it is judged on, if the table tells: `bucket`, `object`, `*`.
  public let resource: String?
  /// For operations that copy: `src` or `dst`.
  public let side: String?
}

extension AuthorizationFacts {
  /// The actions of an operation, the main one first.
  ///
  /// - Parameters:
  ///   - operation: as the API names it, `ListObjectsV2`.
  ///   - service: as botocore names it, `s3`, `stepfunctions`.
  public static func permissions(forOperation operation: String, of service: String) -> [OperationPermission] {
    let table = operationExceptions[service] ?? [:]
    guard let text = table[operation] ?? table["*"] else {
      return [OperationPermission(action: "\(service):\(operation)", need: .always, resource: nil, side: nil)]
    }
    var scanner = PermissionScanner(text: text, operation: operation)
    let found = scanner.scan()
    return found.isEmpty
      ? [OperationPermission(action: "\(service):\(operation)", need: .always, resource: nil, side: nil)] : found
  }

  /// The service principals that roles are passed to, by action: `lambda:CreateFunction` → `lambda.amazonaws.com`.
  public static var rolePassers: [String: String] { operationExceptions["_passrole"] ?? [:] }

  private static let operationExceptions: [String: [String: String]] = {
    let bytes = Array(
      UnsafeBufferPointer(start: operationExceptionTable.utf8Start, count: operationExceptionTable.utf8CodeUnitCount))
    guard let root = try? JSONReader.read(bytes) else { return [:] }
    var table: [String: [String: String]] = [:]
    for service in root.members ?? [] {
      for operation in service.node.members ?? [] {
        table[service.key, default: [:]][operation.key] = operation.node.string
      }
    }
    return table
  }()
}

/// Reads `src s3:GetObject|s3:GetObjectVersion (+s3:GetObjectTagging?) ; dst s3:PutObject[object]`.
private struct PermissionScanner {
  let text: String
  let operation: String

  mutating func scan() -> [OperationPermission] {
    text.split(separator: ";").flatMap { side in scan(side: side) }
  }

  private func scan(side: Substring) -> [OperationPermission] {
    let first = side.split(separator: " ").first.map(String.init)
    let label = first == "src" || first == "dst" ? first : nil
    var resource: String?
    if let open = side.firstIndex(of: "["), let close = side[open...].firstIndex(of: "]") {
      resource = String(side[side.index(after: open)..<close])
    }
    var found: [OperationPermission] = []
    var prefix = ""
    var before: Character = " "
    var rest = side
    while let character = rest.first {
      let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == ":" || $0 == "<" || $0 == ">" }
      if word.isEmpty {
        if character != " " || before != "|" { before = character }
        rest = rest.dropFirst()
        continue
      }
      rest = rest.dropFirst(word.count)
      let parts = word.split(separator: ":", maxSplits: 1)
      let name: Substring
      if parts.count == 2, word.first != ":" {
        prefix = String(parts[0])
        name = parts[1]
      } else if before == "|", !prefix.isEmpty {
        name = word
      } else {
        continue
      }
      // What stands behind " on " or in parentheses without a colon is prose.
      let action = name == "<Operation>" ? "\(prefix):\(operation)" : "\(prefix):\(name)"
      let isConditional = rest.first == "?" || rest.first == ","
      found.append(
        OperationPermission(
          action: action, need: before == "|" ? .alternative : isConditional ? .whenUsed : .always, resource: resource,
          side: label))
      before = " "
    }
    return found.filter { !$0.action.hasPrefix("arn:") }
  }
}
