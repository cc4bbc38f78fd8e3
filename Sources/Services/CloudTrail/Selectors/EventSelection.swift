import Cloud
import Wire

/// Which events a trail takes: by basic selectors or by advanced ones.
enum EventSelection: Sendable, Codable, Equatable {
  case basic([BasicSelector])
  case advanced([AdvancedSelector])

  /// What a new trail has: all management events.
  static let standard = EventSelection.basic([BasicSelector()])

  /// What selectors see of an event.
  struct Facts: Sendable {
    var isManagement: Bool
    var isReadOnly: Bool
    var name: String
    var source: String
    var resources: [EventResource]
    var callerARN: String
    var errorCode: String?

    init(_ record: EventRecord) {
      isManagement = record.isManagement
      isReadOnly = record.isReadOnly
      name = record.name
      source = record.source
      resources = record.resources
      callerARN = record.entry.caller.arn
      errorCode = record.errorCode
    }
  }

  /// Whether a trail takes an event.
  func takes(_ facts: Facts) -> Bool {
    switch self {
    case .basic(let selectors): selectors.contains { $0.takes(facts) }
    case .advanced(let selectors): selectors.contains { $0.takes(facts) }
    }
  }
}

/// A basic event selector.
struct BasicSelector: Sendable, Codable, Equatable {
  /// `All`, `ReadOnly` or `WriteOnly`.
  var readWrite = "All"
  var includesManagement = true
  var resources: [DataResources] = []
  var excludedSources: [String] = []

  struct DataResources: Sendable, Codable, Equatable {
    /// `AWS::S3::Object`.
    var type: String
    var values: [String]
  }

  func takes(_ facts: EventSelection.Facts) -> Bool {
    switch readWrite {
    case "ReadOnly": if !facts.isReadOnly { return false }
    case "WriteOnly": if facts.isReadOnly { return false }
    default: break
    }
    if facts.isManagement { return includesManagement && !excludedSources.contains(facts.source) }
    return resources.contains { wanted in
      facts.resources.contains { resource in
        resource.type == wanted.type && wanted.values.contains { BasicSelector.covers($0, resource.arn) }
      }
    }
  }

  /// AWS: CloudTrail API, DataResource: an ARN is the beginning of what it stands for; `arn:aws:s3` and `arn:aws:lambda` stand
  /// for everything.
  private static func covers(_ value: String, _ arn: String) -> Bool { arn.hasPrefix(value) }
}

/// An advanced event selector: all its fields must fit.
struct AdvancedSelector: Sendable, Codable, Equatable {
  var name: String?
  var fields: [Field]

  struct Field: Sendable, Codable, Equatable {
    var field: String
    var equals: [String]?
    var startsWith: [String]?
    var endsWith: [String]?
    var notEquals: [String]?
    var notStartsWith: [String]?
    var notEndsWith: [String]?

    /// Whether a text fits: it must fit one of the values of each operator, and none of those of a negated one.
    func fits(_ text: String) -> Bool {
      if let equals, !equals.contains(text) { return false }
      if let startsWith, !startsWith.contains(where: { text.hasPrefix($0) }) { return false }
      if let endsWith, !endsWith.contains(where: { text.hasSuffix($0) }) { return false }
      if let notEquals, notEquals.contains(text) { return false }
      if let notStartsWith, notStartsWith.contains(where: { text.hasPrefix($0) }) { return false }
      if let notEndsWith, notEndsWith.contains(where: { text.hasSuffix($0) }) { return false }
      return true
    }

    var operators: [(name: String, values: [String])] {
      [
        ("Equals", equals), ("StartsWith", startsWith), ("EndsWith", endsWith), ("NotEquals", notEquals),
        ("NotStartsWith", notStartsWith), ("NotEndsWith", notEndsWith),
      ].compactMap { name, values in values.map { (name, $0) } }
    }
  }

  func takes(_ facts: EventSelection.Facts) -> Bool {
    // Conditions on resources must hold for one and the same resource.
    let ofResources = fields.filter { $0.field.hasPrefix("resources.") }
    for field in fields where !field.field.hasPrefix("resources.") {
      guard field.fits(AdvancedSelector.value(field.field, facts)) else { return false }
    }
    if ofResources.isEmpty { return true }
    return facts.resources.contains { resource in
      ofResources.allSatisfy { $0.fits($0.field == "resources.type" ? resource.type : resource.arn) }
    }
  }

  private static func value(_ field: String, _ facts: EventSelection.Facts) -> String {
    switch field {
    case "eventCategory": facts.isManagement ? "Management" : "Data"
    case "readOnly": facts.isReadOnly ? "true" : "false"
    case "eventName": facts.name
    case "eventSource": facts.source
    case "eventType": "AwsApiCall"
    case "userIdentity.arn": facts.callerARN
    case "errorCode": facts.errorCode ?? ""
    // No console signs anybody in here, and there are no endpoints in VPCs.
    default: ""
    }
  }
}
