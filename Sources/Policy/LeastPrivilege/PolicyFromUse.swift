/// Writes the smallest policy that allows exactly what somebody did.
///
/// Smallest among the exact ones: every action is named, every resource is named, and no statement allows an action on a
/// resource that were not used together.
public struct PolicyFromUse: Sendable {
  /// Something that somebody did, once or often.
  public struct Use: Sendable, Hashable {
    /// `sqs:SendMessage`
    public var action: String
    /// The resource as the judge was asked for it: an ARN, or `*`.
    public var resource: String

    public init(action: String, resource: String) {
      self.action = action
      self.resource = resource
    }
  }

  /// Actions that were all used on each of the resources.
  struct Block: Equatable {
    var actions: [String]
    var resources: [String]
  }

  private let blocks: [Block]

  /// The policy of a set of uses.
  public init(_ uses: Set<Use>) {
    // Either by resources that were used alike or by actions that were used alike: whichever is shorter.
    let byResource = PolicyFromUse.group(uses, \.resource, \.action).map { Block(actions: $0.1, resources: $0.0) }
    let byAction = PolicyFromUse.group(uses, \.action, \.resource).map { Block(actions: $0.0, resources: $0.1) }
    blocks = PolicyFromUse.length(byResource) <= PolicyFromUse.length(byAction) ? byResource : byAction
  }

  /// Groups of the first part that have the same set of the second.
  private static func group(
    _ uses: Set<Use>, _ first: KeyPath<Use, String>, _ second: KeyPath<Use, String>
  ) -> [([String], [String])] {
    var sets: [String: Set<String>] = [:]
    for use in uses { sets[use[keyPath: first], default: []].insert(use[keyPath: second]) }
    var groups: [Set<String>: [String]] = [:]
    for (name, set) in sets { groups[set, default: []].append(name) }
    return groups.map { ($0.value.sorted(), $0.key.sorted()) }
      .sorted { ($0.0.first ?? "", $0.1.first ?? "") < ($1.0.first ?? "", $1.1.first ?? "") }
  }

  private static func length(_ blocks: [Block]) -> Int { blocks.reduce(0) { $0 + statement($1).count } }

  // MARK: Text

  /// The documents: one, or as many as AWS's limit on the size of a managed policy makes of it.
  /// - Parameter limit: the characters of a document that count, spaces aside.
  public func documents(limit: Int = PolicyLimits.managed) -> [String] {
    var documents: [[String]] = [[]]
    var size = PolicyFromUse.frame
    for block in blocks.flatMap({ PolicyFromUse.cut($0, to: limit - PolicyFromUse.frame) }) {
      let text = PolicyFromUse.statement(block)
      let length = PolicyLimits.countedSize(text) + 1
      if size + length > limit, documents.last?.isEmpty == false {
        documents.append([])
        size = PolicyFromUse.frame
      }
      documents[documents.count - 1].append(text)
      size += length
    }
    return documents.map { statements in
      "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n" + statements.joined(separator: ",\n") + "\n  ]\n}"
    }
  }

  /// The characters around the statements, spaces aside.
  private static let frame = #"{"Version":"2012-10-17","Statement":[]}"#.utf8.count

  /// A block in pieces of which each fits into a document.
  private static func cut(_ block: Block, to limit: Int) -> [Block] {
    guard PolicyLimits.countedSize(statement(block)) + 1 > limit else { return [block] }
    let isByResource = block.resources.count > 1
    guard isByResource || block.actions.count > 1 else { return [block] }
    let (left, right) = isByResource ? halves(block.resources) : halves(block.actions)
    return [left, right].flatMap { half in
      cut(
        isByResource
          ? Block(actions: block.actions, resources: half) : Block(actions: half, resources: block.resources),
        to: limit)
    }
  }

  private static func halves(_ texts: [String]) -> ([String], [String]) {
    (Array(texts[..<(texts.count / 2)]), Array(texts[(texts.count / 2)...]))
  }

  private static func statement(_ block: Block) -> String {
    """
        {
          "Effect": "Allow",
          "Action": \(list(block.actions)),
          "Resource": \(list(block.resources.map(literal)))
        }
    """
  }

  private static func list(_ texts: [String]) -> String {
    if texts.count == 1, let text = texts.first { return JSONText.quoted(text) }
    return "[\n" + texts.map { "        " + JSONText.quoted($0) }.joined(separator: ",\n") + "\n      ]"
  }

  /// The pattern that matches only this resource: what would be a wildcard or a variable in it stands for itself.
  /// AWS: IAM user guide, "Special characters" of policy variables.
  private static func literal(_ resource: String) -> String {
    if resource == "*" { return resource }
    var text = ""
    for character in resource {
      switch character {
      case "*", "?", "$": text += "${\(character)}"
      default: text.append(character)
      }
    }
    return text
  }
}

/// Whether policies allow what was done, and nothing beside it.
public struct LeastPrivilegeProof: Sendable {
  /// Recorded checks that were decided again.
  public private(set) var replayed = 0
  /// Recorded checks that the policies don't allow: none, or the policies are not what they should be.
  public private(set) var refused: [PolicyFromUse.Use] = []
  /// Things that were not done, though their action and their resource were used: tried, to see that they are refused.
  public private(set) var neighbours = 0
  /// Neighbours that the policies allow.
  public private(set) var excessive: [PolicyFromUse.Use] = []

  public var holds: Bool { refused.isEmpty && excessive.isEmpty }

  private let policies: [PolicySource]
  private static let mostNeighbours = 100_000

  /// - Throws: ``PolicyProblem`` or a syntax error if a document is no identity policy.
  public init(_ documents: [String]) throws {
    policies = try documents.map { PolicySource(.managed, name: "from use", try PolicyDocument(parsing: $0)) }
  }

  /// Decides a recorded check again.
  public mutating func replay(_ request: AuthorizationRequest) {
    replayed += 1
    if !allows(request) { refused.append(.init(action: request.action, resource: request.resource)) }
  }

  /// Decides every combination of a used action with a used resource that was not used, and each action on a resource that
  /// nobody used.
  /// - Parameter request: a request of the principal, whose action and resource are replaced.
  public mutating func tryNeighbours(of uses: Set<PolicyFromUse.Use>, as request: AuthorizationRequest) {
    let actions = Set(uses.map(\.action)).sorted()
    let resources = Set(uses.map(\.resource)).sorted().filter { $0 != "*" }
    // On every resource is on any resource: such an action has no neighbours.
    let unbounded = Set(uses.filter { $0.resource == "*" }.map(\.action))
    for action in actions where !unbounded.contains(action) {
      for resource in resources + ["arn:aws:none:us-east-1:000000000000:nothing"] {
        let use = PolicyFromUse.Use(action: action, resource: resource)
        if uses.contains(use) { continue }
        if neighbours >= LeastPrivilegeProof.mostNeighbours { return }
        neighbours += 1
        let neighbour = AuthorizationRequest(
          principal: request.principal, action: action, resource: resource, resourceAccount: request.resourceAccount,
          context: request.context)
        if allows(neighbour) { excessive.append(use) }
      }
    }
  }

  private func allows(_ request: AuthorizationRequest) -> Bool {
    PolicyEvaluator.decide(request, PolicySet(identity: policies)).layers.identity.verdict == .allow
  }
}
