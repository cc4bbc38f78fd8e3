import Cloud
import CloudTrail
import CloudWatch
import EventBridge
import Foundation
import FrontDoor
import IAM
import Identity
import KMS
import Logging
import Logs
import Organizations
import S3
import S3Control
import SNS
import SQS
import STS
import SWF
import ServiceLifecycle
import Wire

/// The whole cloud: its rooms put together, started and stopped.
public struct Server: Sendable {
  private let configuration: ServerConfiguration
  private let folder: DataFolder
  private let store: Store
  private let works: WorkRunner
  private let trails: CloudTrailService
  private let http: HTTPServer
  private let logger: Logger

  /// Opens the data folder and prepares everything but the socket.
  /// - Throws: ``StoreFailure`` in words for the person who starts it.
  public init(_ configuration: ServerConfiguration, logger: Logger) async throws {
    self.configuration = configuration
    self.logger = logger
    let random = RandomSource(seed: configuration.seed)
    let clock = CloudClock()
    let folder = try configuration.isEphemeral ? DataFolder() : DataFolder(configuration.dataFolder)
    self.folder = folder
    let blobs = try Blobs(
      folder: folder.path + "/blobs", isForcedToDisk: configuration.durability == .power, random: random)
    var journal: Journal?
    if configuration.journalBytes > 0 {
      journal = try Journal(
        folder: folder.path + "/journal", limits: Server.journalLimits(configuration),
        isForcedToDisk: configuration.durability == .power)
    }
    store = try Store(
      at: configuration.isEphemeral ? .memory : .folder(folder.path, configuration.durability), clock: clock,
      random: random, blobs: blobs, journal: journal, logger: logger)
    try await ClockRecord.load(into: clock, from: store)
    try await store.sweepBlobs()

    let ledger = DecisionLedger()
    let authorizer = Authorizer(ledger: ledger, defaultEnforcement: configuration.enforcement)
    let trails = CloudTrailService(
      store: store, clock: clock, random: random,
      settings: CloudTrailSettings(
        deliverySeconds: configuration.trailSeconds, hasAWSLimits: configuration.hasAWSLimits), logger: logger)
    self.trails = trails
    let notifications = SNSService(folder: folder.path, address: configuration.endpoint(port: configuration.port))
    let services = Server.services(
      trails: trails, notifications: notifications, ledger: ledger, store: store,
      rootKey: RootKey(path: configuration.dataFolder + "/kms-root.key"),
      awsLimits: configuration.hasAWSLimits, emptyPollToken: configuration.emptyPollToken)
    let calls = InternalCalls(
      services: services, store: store, random: random, authorizer: authorizer, ledger: ledger, logger: logger)
    trails.connect(services, authorizer: authorizer, calls: calls)
    works = WorkRunner(
      handlers: Dictionary(
        services.compactMap { service in service.work.map { (service.model.serviceID, $0) } },
        uniquingKeysWith: { first, _ in first }),
      context: WorkContext(calls: calls, store: store, clock: clock, random: random, logger: logger))
    store.setTimerHandlers(
      Dictionary(
        services.compactMap { service in service.timers.map { (service.model.serviceID, $0) } }
          + [WorkRunner.timers(of: store)],
        uniquingKeysWith: { first, _ in first }))
    // Snapshots of a cloud that keeps nothing are still kept, in the folder that a lasting one would use.
    let snapshots = Snapshots(
      folder: configuration.dataFolder + "/snapshots", store: store, blobs: blobs, clock: clock)
    let pages = Housekeeping(
      store: store, clock: clock, ledger: ledger, authorizer: authorizer, snapshots: snapshots,
      journal: JournalPage(journal: journal, clock: clock),
      serviceCalls: ServiceCalls(calls: calls, region: configuration.region), trails: trails, services: services,
      sns: notifications.pages,
      swf: SWFTools(store: store, random: random, defaultRegion: configuration.region))
    let console = ConsolePages.console(
      configuration, trails: trails, services: services, store: store, clock: clock, random: random,
      authorizer: authorizer,
      ledger: ledger, logger: logger)
    let pipeline = Pipeline(
      services: services, store: store, blobs: blobs, random: random, authorizer: authorizer, ledger: ledger,
      defaultRegion: configuration.region, logger: logger,
      ownPages: { request in
        if let page = await console.answer(request) { return page }
        return await pages.answer(request)
      })

    var settings = HTTPServerConfiguration(
      host: configuration.host, port: configuration.port, tls: try Server.tls(configuration, folder))
    settings.serverHeader = "Hakoniwa"
    settings.unixTime = { Int(clock.now.seconds) }
    http = HTTPServer(configuration: settings, responder: pipeline, logger: logger)
  }

  /// Every service that is built.
  static func services(
    trails: CloudTrailService, notifications: SNSService, ledger: DecisionLedger, store: Store, rootKey: RootKey,
    awsLimits: Bool = false,
    emptyPollToken: EmptyPollToken = .omit
  ) -> [ServiceDefinition] {
    [
      trails.definition, CloudWatchService.definition, EventBridgeService.definition(),
      IAMService.definition(), KMSService.definition(rootKey: rootKey, store: store), LogsService.definition,
      OrganizationsService.definition(limits: awsLimits ? .aws : .local), S3Service.definition(),
      S3ControlService.definition(), notifications.definition, SQSService.definition,
      STSService.definition(decisions: ledger),
      SWFService.definition(awsLimits: awsLimits, emptyPollToken: emptyPollToken),
    ]
  }

  private static func journalLimits(_ configuration: ServerConfiguration) -> Journal.Limits {
    var limits = Journal.Limits()
    limits.totalBytes = configuration.isEphemeral ? configuration.journalBytes / 8 : configuration.journalBytes
    // Segments go as a whole, so a small journal has small ones.
    limits.segmentBytes = min(limits.segmentBytes, limits.totalBytes / 8)
    return limits
  }

  private static func tls(_ configuration: ServerConfiguration, _ folder: DataFolder) throws -> HTTPServerTLS? {
    switch configuration.tls {
    case .none: return nil
    case .files(let certificate, let key): return .files(certificateChain: certificate, privateKey: key)
    case .selfSigned:
      let files = try SelfSignedCertificate.files(in: folder.path)
      return .files(certificateChain: files.certificate, privateKey: files.key)
    }
  }

  /// Serves until SIGINT or SIGTERM.
  /// - Parameter ready: called with the port once connections are accepted.
  public func run(ready: @escaping @Sendable (Int) -> Void) async throws {
    defer {
      store.close()
      folder.release()
    }
    var quiet = logger
    quiet.logLevel = max(logger.logLevel, .warning)
    let group = ServiceGroup(
      services: [Working(works: works), Delivering(trails: trails), Serving(http: http, ready: ready)],
      gracefulShutdownSignals: [.sigint, .sigterm], logger: quiet)
    try await group.run()
  }
}

// The group prints its services when it begins: what they hold would be printed too, which took a quarter of the start.

/// Opens the port within the group, so that a signal ends the server cleanly from its first moment.
private struct Serving: Service, CustomStringConvertible {
  let description = "HTTP"
  let http: HTTPServer
  let ready: @Sendable (Int) -> Void

  func run() async throws {
    ready(try await http.bind())
    try await http.run()
  }
}

/// Does what services have requested, until the server stops: what is under way then is done again after the next start.
private struct Working: Service, CustomStringConvertible {
  let description = "works"
  let works: WorkRunner

  func run() async throws { await cancelWhenGracefulShutdown { await works.run() } }
}

/// Delivers what trails record, until the server stops.
private struct Delivering: Service, CustomStringConvertible {
  let description = "trails"
  let trails: CloudTrailService

  func run() async throws { await cancelWhenGracefulShutdown { await trails.run() } }
}

extension Housekeeping {
  /// Answers `/_hakoniwa/…` and the health pages that scripts for other emulators poll; nothing for other paths.
  @Sendable func answer(_ request: HTTPRequest) async -> HTTPResponse? {
    switch request.path {
    case "/_localstack/health": return .json(200, health)
    case _ where request.path.hasPrefix(SigningIdentity.pathPrefix): return certificate(request)
    case "/_hakoniwa",
      _ where request.path.hasPrefix("/_hakoniwa/"):
      return await respond(to: request, path: request.path)
    default: return nil
    }
  }
}
