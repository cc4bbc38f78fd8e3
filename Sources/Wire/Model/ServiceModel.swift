import Synchronization

/// A service's API: names, shapes and operations, as much of them as is built.
///
/// Of a generated model only the names are read at once, and the rest when a request needs it: most services of a cloud are never
/// asked. State: what was read, set once.
public final class ServiceModel: Sendable {
  /// Lower-case name (`sqs`).
  public let serviceID: String
  /// The service in a signature's credential scope.
  public let signingName: String
  public let endpointPrefix: String
  /// What precedes the operation in `X-Amz-Target`.
  public let targetPrefix: String?
  public let apiVersion: String
  public let xmlNamespace: String?
  /// `1.0` or `1.1`.
  public let jsonVersion: String?
  /// The protocols it answers, its own first.
  public let protocols: [WireProtocol]
  /// JSON and CBOR errors carry the older query code in a header.
  public let isQueryCompatible: Bool
  /// How broken constraints are answered.
  public let validation: ValidationStyle
  /// The namespace of error types in JSON (`com.amazonaws.sqs`).
  public let errorNamespace: String?
  /// XML errors have no wrapping element (S3).
  public let hasBareErrors: Bool
  /// Milliseconds of timestamps in XML.
  public let timestampFraction: FractionStyle

  private let parts: [String]
  private let details = AtomicLazyReference<Details>()

  /// Reads a compact model, as the shape generator writes it.
  /// - Throws: `ModelSyntaxError` naming the line.
  public convenience init(parsing text: String) throws(ModelSyntaxError) {
    let parsed = try ModelParser.parse(text)
    self.init(parsed.service, parts: [text])
    _ = details.storeIfNil(Details(parsed))
  }

  /// A model that is part of the program; a broken one is a mistake of the generator and stops it when it is read.
  public convenience init(generated parts: [String]) {
    self.init(ModelParser.service(in: parts.first ?? ""), parts: parts)
  }

  private init(_ service: ModelParser.Traits, parts: [String]) {
    self.parts = parts
    serviceID = service["id"] ?? ""
    signingName = service["signing"] ?? serviceID
    endpointPrefix = service["endpoint"] ?? serviceID
    targetPrefix = service["target"]
    apiVersion = service["version"] ?? ""
    xmlNamespace = service["xmlns"]
    jsonVersion = service["json"]
    protocols = service.list("protocols").compactMap { WireProtocol(rawValue: $0) }
    isQueryCompatible = service.flag("queryCompatible")
    validation = service["validation"].flatMap { ValidationStyle(rawValue: $0) } ?? .validationException
    errorNamespace = service["errorNamespace"]
    hasBareErrors = service.flag("bareErrors")
    timestampFraction =
      switch service["fraction"] {
      case "always": .always
      case "never": .never
      default: .whenNeeded
      }
  }

  /// What requests need to know of a service.
  private final class Details: Sendable {
    let operations: [String: OperationModel]
    let unbuilt: [String]
    let errors: [String: ErrorModel]
    let errorsByCode: [String: ErrorModel]
    let shapes: [Shape]
    let routes: RouteTable

    init(_ parsed: ModelParser.Result) {
      shapes = parsed.shapes
      operations = parsed.operations
      unbuilt = parsed.unbuilt.map(\.name).sorted()
      errors = parsed.errors
      errorsByCode = Dictionary(parsed.errors.values.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
      routes = RouteTable(operations: parsed.operations, unbuilt: parsed.unbuilt)
    }
  }

  private var known: Details {
    if let details = details.load() { return details }
    do {
      // Two threads may come here at once; the first one's is kept.
      return details.storeIfNil(Details(try ModelParser.parse(parts.joined(separator: "\n"))))
    } catch {
      preconditionFailure("generated model: \(error)")
    }
  }

  public var operations: [String: OperationModel] { known.operations }
  /// Operations of AWS that the model knows only by name, sorted.
  public var unbuiltOperations: [String] { known.unbuilt }
  /// Errors by shape name.
  public var errors: [String: ErrorModel] { known.errors }
  public var shapes: [Shape] { known.shapes }
  /// Routes of REST operations.
  var routes: RouteTable { known.routes }

  /// The name of a service's page in `docs/`: its id, unless nobody would look for it under that.
  public static func page(of serviceID: String) -> String {
    switch serviceID {
    case "events": "eventbridge"
    case "s3control": "s3"
    default: serviceID.lowercased()
    }
  }

  /// The error with this shape name or wire code.
  public func error(named code: String) -> ErrorModel? { errors[code] ?? known.errorsByCode[code] }

  /// Whether AWS has the operation, but it isn't built.
  public func isUnbuilt(_ operation: String) -> Bool {
    operations[operation] == nil && unbuiltOperations.contains(operation)
  }
}

/// How a service answers input that breaks its model's constraints.
public enum ValidationStyle: String, Sendable {
  /// `ValidationError`, "1 validation error detected: …" (query services).
  case validationError
  /// `ValidationException`, the same words (JSON services).
  case validationException
  /// `InvalidParameterException`, the same words (CloudWatch Logs).
  case invalidParameter
  /// `InvalidInputException` with a `Reason` (Organizations).
  case invalidInput
  /// `MissingParameter` for what is required, nothing else (SQS, EC2: they word the rest themselves).
  case missingParameter
  /// Not at all (S3).
  case none

  /// The code of an error that names the constraints in a sentence.
  var code: String {
    switch self {
    case .validationError: "ValidationError"
    case .invalidParameter: "InvalidParameterException"
    default: "ValidationException"
    }
  }
}

/// A compact model that can't be read.
public struct ModelSyntaxError: Error, Sendable, CustomStringConvertible {
  public let line: Int
  public let reason: String

  public var description: String { "line \(line): \(reason)" }
}
