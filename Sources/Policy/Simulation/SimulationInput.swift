/// What SimulateCustomPolicy and SimulatePrincipalPolicy are asked.
public struct SimulationInput: Sendable {
  /// A document with the name that results give it: `PolicyInputList.1`, `user_ann_read-only`, a managed policy's name.
  public struct Policy: Sendable {
    public let id: String
    public let document: PolicyDocument

    public init(id: String, document: PolicyDocument) {
      self.id = id
      self.document = document
    }
  }

  /// The identity-based policies.
  public var policies: [Policy]
  /// The permissions boundary.
  public var boundary: Policy?
  /// Service control policies from the root to the account; nothing if the request brought none.
  public var organization: [[PolicyDocument]]?
  /// The resource's policy.
  public var resourcePolicy: Policy?
  /// The account that owns the resources; nothing means the caller's.
  public var resourceOwner: String?
  /// The simulated caller; needed with a resource policy.
  public var caller: Principal?
  public var actions: [String]
  /// ARNs, or `*`; empty means `*`.
  public var resources: [String]
  public var context: ConditionContext

  public init(
    policies: [Policy], boundary: Policy? = nil, organization: [[PolicyDocument]]? = nil, resourcePolicy: Policy? = nil,
    resourceOwner: String? = nil, caller: Principal? = nil, actions: [String], resources: [String] = [],
    context: ConditionContext = ConditionContext()
  ) {
    self.policies = policies
    self.boundary = boundary
    self.organization = organization
    self.resourcePolicy = resourcePolicy
    self.resourceOwner = resourceOwner
    self.caller = caller
    self.actions = actions
    self.resources = resources
    self.context = context
  }
}

/// Why a simulation is refused, with AWS's message; the error code is `InvalidInput` (400).
public struct SimulationProblem: Error, Sendable, Hashable {
  public let message: String

  init(_ message: String) { self.message = message }
}

extension SimulationInput {
  /// An entry of `ContextEntries`.
  public struct ContextEntry: Sendable {
    public let key: String
    /// `string`, `stringList`, `numeric`, `numericList`, `boolean`, `booleanList`, `ip`, `ipList`, `binary`, `binaryList`,
    /// `date` or `dateList`.
    public let type: String
    public let values: [String]

    public init(key: String, type: String, values: [String]) {
      self.key = key
      self.type = type
      self.values = values
    }
  }

  /// The context that entries describe. Messages and what is checked: AWS captures.
  public static func context(of entries: [ContextEntry]) throws(SimulationProblem) -> ConditionContext {
    var context = ConditionContext()
    for entry in entries {
      guard context[entry.key] == nil else { throw SimulationProblem("Duplicate context key: \(entry.key).") }
      let isList = entry.type.hasSuffix("List")
      guard isList || entry.values.count == 1 else {
        throw SimulationProblem(
          "Context key \(entry.type) expected a single value, but received \(entry.values.count).")
      }
      let element = isList ? String(entry.type.dropLast(4)) : entry.type
      for value in entry.values {
        guard let expected = expectation(element, value) else { continue }
        throw SimulationProblem("Invalid context value for key \(entry.key): expected \(expected).")
      }
      if isList { context.set(entry.key, all: entry.values) } else { context.set(entry.key, entry.values.first) }
    }
    return context
  }

  /// What a value should have been, if it isn't. Booleans are not checked.
  private static func expectation(_ element: String, _ value: String) -> String? {
    switch element {
    case "numeric": PolicyNumber.read(value) == nil ? "numeric format" : nil
    case "date": PolicyDate.read(value) == nil ? "DateTime format" : nil
    case "ip": IPAddress(value) == nil && IPNetwork(value) == nil ? "IP address" : nil
    case "binary": isBase64(value) ? nil : "base-64 encoded binary format"
    default: nil
    }
  }

  private static func isBase64(_ text: String) -> Bool {
    let body = text.utf8.filter { $0 != UInt8(ascii: "=") }
    return PolicyBinary.read(Array(text.utf8)) != nil
      && body.allSatisfy {
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 43 || $0 == 47
      }
  }

  /// Reads the documents of `PolicyInputList`.
  ///
  /// - Parameter list: as AWS's message names it.
  public static func documents(
    _ texts: [String], list: String = "Policy input list"
  ) throws(SimulationProblem) -> [PolicyDocument] {
    var documents: [PolicyDocument] = []
    for (index, text) in texts.enumerated() {
      guard let document = try? PolicyDocument(parsing: text), ["2008-10-17", "2012-10-17"].contains(document.version)
      else { throw SimulationProblem("\(list) item \(index + 1) has invalid content") }
      documents.append(document)
    }
    return documents
  }
}
