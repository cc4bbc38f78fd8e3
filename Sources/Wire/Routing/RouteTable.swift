/// The REST operations of a model, compiled: by first segment, then by path, then by method, query and headers.
struct RouteTable: Sendable {
  struct Route: Sendable {
    let name: String
    let method: String
    let constants: [(name: String, value: String?)]
    let requiredQuery: [String]
    let requiredHeaders: [String]
  }

  /// All routes of one path.
  struct Group: Sendable {
    let pattern: URIPattern
    /// Lower is more specific: literals before labels before greedy labels.
    let rank: [Int]
    var routes: [Route]
  }

  private var byLiteral: [String: [Group]] = [:]
  private var others: [Group] = []

  init(operations: [String: OperationModel], unbuilt: [ModelParser.Unbuilt]) {
    var groups: [String: Group] = [:]
    func add(_ name: String, _ method: String, _ uri: String, _ query: [String], _ headers: [String]) {
      let pattern = URIPattern(uri)
      let key = String(uri.prefix { $0 != "?" })
      let route = Route(
        name: name, method: method, constants: pattern.constants, requiredQuery: query, requiredHeaders: headers)
      groups[key, default: Group(pattern: pattern, rank: RouteTable.rank(pattern), routes: [])].routes.append(route)
    }
    for operation in operations.values {
      let members = operation.input?.members.filter(\.isRequired) ?? []
      add(
        operation.name, operation.httpMethod, operation.requestURI,
        members.filter { $0.location == .query }.map(\.wireName),
        members.filter { $0.location == .header }.map(\.wireName))
    }
    for operation in unbuilt {
      if let method = operation.method, let uri = operation.requestURI {
        add(operation.name, method, uri, operation.requiredQuery, operation.requiredHeaders)
      }
    }
    for var group in groups.values.sorted(by: { $0.rank.lexicographicallyPrecedes($1.rank) }) {
      group.routes.sort { ($0.constants.count, $1.name) > ($1.constants.count, $0.name) }
      if case .literal(let text) = group.pattern.segments.first {
        byLiteral[text, default: []].append(group)
      } else {
        others.append(group)
      }
    }
  }

  private static func rank(_ pattern: URIPattern) -> [Int] {
    pattern.segments.map { segment in
      switch segment {
      case .literal: 0
      case .label: 1
      case .greedy: 2
      }
    }
  }

  /// What a path, method, query and headers lead to.
  enum Match {
    case operation(String)
    /// The path exists, but not with this method.
    case wrongMethod
    case none
  }

  func match(_ request: WireRequest) -> Match {
    let first = URIPattern.split(request.path).first.map { Percent.decode(String($0)) } ?? ""
    let query = QueryString(request.query)
    var isKnownPath = false
    for group in (byLiteral[first] ?? []) + others {
      guard group.pattern.match(request.path) != nil else { continue }
      isKnownPath = true
      if let route = RouteTable.best(group.routes, request, query) { return .operation(route.name) }
    }
    return isKnownPath ? .wrongMethod : .none
  }

  /// The route with most constant parameters; among these the one whose required parameters and headers are there.
  private static func best(_ routes: [Route], _ request: WireRequest, _ query: QueryString) -> Route? {
    var best: (route: Route, score: Int)?
    for route in routes where route.method == request.method {
      var isMatch = true
      for constant in route.constants {
        guard let value = query.first(constant.name), constant.value == nil || constant.value == value else {
          isMatch = false
          break
        }
      }
      guard isMatch else { continue }
      var missing = 0
      for name in route.requiredQuery where query.first(name) == nil { missing += 1 }
      for name in route.requiredHeaders where request.header(name) == nil { missing += 1 }
      let required = route.requiredQuery.count + route.requiredHeaders.count
      let score = route.constants.count * 1000 + (missing == 0 ? required : -missing)
      if score > best?.score ?? .min { best = (route, score) }
    }
    return best?.route
  }
}

/// A query string's parameters in order, decoded.
public struct QueryString: Sendable {
  public var parameters: [(name: String, value: String)]

  public init(_ text: String) {
    parameters = []
    for pair in text.utf8.split(separator: UInt8(ascii: "&")) {
      let end = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
      let name = String(decoding: Percent.decode(pair[..<end], plusIsSpace: true), as: UTF8.self)
      let value = end == pair.endIndex ? [] : Percent.decode(pair[pair.index(after: end)...], plusIsSpace: true)
      parameters.append((name, String(decoding: value, as: UTF8.self)))
    }
  }

  /// The first value of a parameter; empty when it has none.
  public func first(_ name: String) -> String? { parameters.first { $0.name == name }?.value }
}
