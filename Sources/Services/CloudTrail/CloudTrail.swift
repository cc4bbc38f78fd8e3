import Cloud
import Logging
import Synchronization
import Wire

/// AWS CloudTrail: the event history, trails, and what they deliver.
///
/// Lake (event data stores, queries, channels, imports, dashboards) is not built.
public final class CloudTrailService: Sendable {
  /// The service's name among timers and in the docs.
  static let name = "cloudtrail"
  static let principal = "cloudtrail.amazonaws.com"

  let house: TrailHouse
  private let delivery: TrailDelivery?
  private let calls = Mutex<(any OperationCalls)?>(nil)

  public init(
    store: Store, clock: CloudClock, random: RandomSource, settings: CloudTrailSettings, logger: Logger
  ) {
    let house = TrailHouse(store: store, clock: clock, random: random, settings: settings, logger: logger)
    self.house = house
    delivery = store.journal.map { TrailDelivery(house, $0) }
  }

  /// Says which services there are, CloudTrail included.
  public func connect(_ services: [ServiceDefinition], authorizer: any Authorizing, calls: any OperationCalls) {
    house.connect(services, authorizer)
    self.calls.withLock { $0 = calls }
  }

  /// Delivers all that was recorded until now, and tries again what could not be delivered.
  public func flush() async {
    guard let calls = calls.withLock({ $0 }) else { return }
    await delivery?.round(isForced: true, calls)
  }

  /// Delivers what is recorded, for as long as it runs.
  public func run() async {
    guard let delivery, let calls = calls.withLock({ $0 }) else {
      // Without a journal there is nothing to deliver; but who ends before he is told to ends the server.
      while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
      return
    }
    let (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    // Digests follow the cloud's clock.
    house.clock.onChange { [house] in
      if house.hasTrails.load(ordering: .relaxed) { wake.yield() }
    }
    let pause = Duration.milliseconds(Int64(max(0.05, house.settings.deliverySeconds) * 1000))
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        while !Task.isCancelled {
          try? await Task.sleep(for: pause)
          wake.yield()
        }
        wake.finish()
      }
      for await _ in wakes {
        if Task.isCancelled { break }
        await delivery.round(isForced: false, calls)
      }
      group.cancelAll()
    }
  }

  // MARK: The table of contents

  /// Every operation with the permissions it needs.
  public var definition: ServiceDefinition {
    ServiceDefinition(
      model: .cloudtrail, actionPrefix: "cloudtrail",
      operations: trailOperations + selectorOperations + tagOperations + historyOperations + organizationOperations,
      deny: { AWSError("AccessDeniedException", $0.message(), status: 400) })
  }

  private var trailOperations: [Operation] {
    let configuring = ConfiguringTrails(house: house)
    let switching = SwitchingTrails(house: house)
    return [
      onTrail("CreateTrail", { (input: CreateTrailRequest) in input.name }, configuring.create),
      onTrail("UpdateTrail", { (input: UpdateTrailRequest) in input.name }, configuring.update),
      onTrail("DeleteTrail", { (input: DeleteTrailRequest) in input.name }, configuring.delete),
      onEverything("DescribeTrails", ReadingTrails.describe),
      onTrail("GetTrail", { (input: GetTrailRequest) in input.name }, ReadingTrails.get),
      onEverything("ListTrails", ReadingTrails.list),
      onTrail("StartLogging", { (input: StartLoggingRequest) in input.name }, switching.start),
      onTrail("StopLogging", { (input: StopLoggingRequest) in input.name }, switching.stop),
      onTrail("GetTrailStatus", { (input: GetTrailStatusRequest) in input.name }, switching.status),
    ]
  }

  private var selectorOperations: [Operation] {
    [
      onTrail("PutEventSelectors", { (input: PutEventSelectorsRequest) in input.trailName }, Selecting.put),
      onTrail("GetEventSelectors", { (input: GetEventSelectorsRequest) in input.trailName }, Selecting.get),
      onTrail("PutInsightSelectors", { (input: PutInsightSelectorsRequest) in input.trailName }, Selecting.putInsights),
      onTrail("GetInsightSelectors", { (input: GetInsightSelectorsRequest) in input.trailName }, Selecting.getInsights),
    ]
  }

  private var tagOperations: [Operation] {
    [
      onTrail("AddTags", { (input: AddTagsRequest) in input.resourceId }, TrailTags.add),
      onTrail("RemoveTags", { (input: RemoveTagsRequest) in input.resourceId }, TrailTags.remove),
      onEverything("ListTags", TrailTags.list),
    ]
  }

  private var historyOperations: [Operation] {
    let lookingUp = LookingUp(house)
    return [
      Operation(
        waiting: "LookupEvents",
        access: { (_: LookupEventsRequest, _, _) throws(AWSError) in [AccessCheck("cloudtrail:LookupEvents", on: "*")]
        },
        lookingUp.run),
      onEverything("ListPublicKeys", SigningKeys.list),
    ]
  }

  private var organizationOperations: [Operation] {
    [
      onEverything("RegisterOrganizationDelegatedAdmin", DelegatedAdministration.register),
      onEverything("DeregisterOrganizationDelegatedAdmin", DelegatedAdministration.deregister),
    ]
  }

  /// An operation on a trail: the caller needs the permission on its ARN, which in a member names the management account.
  private func onTrail<Input: Structure, Output: Structure>(
    _ name: String, _ trail: @escaping @Sendable (Input) -> String?,
    _ handler: @escaping @Sendable (Input, Context, Transaction) throws(AWSError) -> Output
  ) -> Operation {
    Operation(
      name,
      access: { (input: Input, context, _) throws(AWSError) in
        let arn = try trail(input).map { text throws(AWSError) in try TrailFinding.arn(text, context) } ?? "*"
        return [AccessCheck("cloudtrail:\(name)", on: arn, owner: try context.account)]
      }, handler)
  }

  private func onEverything<Input: Structure, Output: Structure>(
    _ name: String,
    _ handler: @escaping @Sendable (Input, Context, Transaction) throws(AWSError) -> Output
  ) -> Operation {
    Operation(
      name, access: { (_: Input, _, _) throws(AWSError) in [AccessCheck("cloudtrail:\(name)", on: "*")] }, handler)
  }
}
