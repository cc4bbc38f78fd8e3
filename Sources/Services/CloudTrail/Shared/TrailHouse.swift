import Cloud
import Logging
import Synchronization
import Wire

/// What CloudTrail works with: the journal, the tables of contents of all services, and the judge.
///
/// State: what is known only when all services are, in a `Mutex` that is set once at the start; and an atomic flag.
final class TrailHouse: Sendable {
  /// What is known when every service is there.
  private struct Neighbours {
    var catalog = EventCatalog([])
    var services: [String: ServiceDefinition] = [:]
    var authorizer: (any Authorizing)?
  }

  let store: Store
  let clock: CloudClock
  let random: RandomSource
  let logger: Logger
  let journal: Journal?
  let history: EventHistory?
  let settings: CloudTrailSettings
  private let neighbours = Mutex(Neighbours())
  /// Whether there may be a trail: without one, nothing is done when the clock moves.
  let hasTrails = Atomic<Bool>(true)

  init(store: Store, clock: CloudClock, random: RandomSource, settings: CloudTrailSettings, logger: Logger) {
    self.store = store
    self.clock = clock
    self.random = random
    self.settings = settings
    self.logger = logger
    journal = store.journal
    history = store.journal.map { EventHistory($0) }
  }

  var hasAWSLimits: Bool { settings.hasAWSLimits }

  func connect(_ services: [ServiceDefinition], _ authorizer: any Authorizing) {
    neighbours.withLock { neighbours in
      neighbours.catalog = EventCatalog(services)
      neighbours.services = Dictionary(
        services.map { ($0.model.serviceID, $0) }, uniquingKeysWith: { first, _ in first })
      neighbours.authorizer = authorizer
    }
  }

  var catalog: EventCatalog { neighbours.withLock { $0.catalog } }

  func service(_ id: String) -> ServiceDefinition? { neighbours.withLock { $0.services[id] } }

  var authorizer: (any Authorizing)? { neighbours.withLock { $0.authorizer } }

  // MARK: Asking the judge beforehand

  /// What the judge says when CloudTrail will want to do something for a trail.
  enum Foresight {
    case allowed
    case denied
    /// There is no such resource.
    case absent
    /// Its service isn't built, or cannot tell.
    case unknown
  }

  /// Asks whether CloudTrail could do something for a trail, without doing it.
  /// - Parameters:
  ///   - action: `s3:PutObject`.
  ///   - arn: on what.
  ///   - service: whose resource that is (`s3`).
  ///   - keys: condition keys that the call will have.
  ///   - caller: who will call; nothing for CloudTrail itself.
  ///   - region: where the resource is.
  func foresee(
    _ action: String, on arn: String, of service: String, keys: [(name: String, value: ConditionValue)] = [],
    as caller: Caller? = nil, for trail: TrailRecord, in region: Region, _ transaction: Transaction
  ) throws(AWSError) -> Foresight {
    guard let definition = self.service(service), let question = definition.question, let authorizer else {
      return .unknown
    }
    let context = Context(
      requestID: transaction.random.uuid(), caller: caller ?? .service(CloudTrailService.principal), region: region,
      request: .service(CloudTrailService.principal, sourceARN: trail.arn, sourceAccount: trail.account),
      service: definition, authorizer: authorizer)
    guard var check = try question(action, arn, context, transaction) else { return .absent }
    check.keys.append(contentsOf: keys)
    return try authorizer.judge(check, context, transaction) == nil ? .allowed : .denied
  }
}
