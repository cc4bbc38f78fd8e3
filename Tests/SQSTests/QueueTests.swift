import Cloud
import Testing
import Wire

@testable import SQS

@Suite("Queues")
struct QueueTests {
  @Test(
    "only the last two parts of a queue's URL count",
    arguments: [
      "http://localhost:4566/000000000000/orders", "https://sqs.us-east-1.amazonaws.com/000000000000/orders/",
      "http://sqs.eu-west-1.localhost.localstack.cloud:4566/000000000000/orders",
      "http://localhost:4566/queue/us-east-1/000000000000/orders", "/000000000000/orders",
    ])
  func urls(_ url: String) {
    let parts = QueueLocation.parts(of: url)
    #expect(parts?.account == .first && parts?.name == "orders")
  }

  @Test("a bare name is a queue's name, and another URL is none")
  func bareNames() {
    #expect(QueueLocation.parts(of: "orders")?.name == "orders")
    #expect(QueueLocation.parts(of: "orders")?.account == nil)
    #expect(QueueLocation.parts(of: "http://localhost:4566/orders") == nil)
    #expect(QueueLocation.parts(of: "") == nil)
    #expect(QueueLocation.parts(of: "///") == nil)
  }

  @Test("a new queue has AWS's defaults")
  func defaults() {
    #expect(
      QueueSettings().texts == [
        "VisibilityTimeout": "30", "DelaySeconds": "0", "MaximumMessageSize": "1048576",
        "MessageRetentionPeriod": "345600", "ReceiveMessageWaitTimeSeconds": "0", "SqsManagedSseEnabled": "true",
      ])
  }

  @Test(
    "attributes out of range are refused",
    arguments: [
      ("VisibilityTimeout", "43201"), ("DelaySeconds", "901"), ("DelaySeconds", "-1"), ("DelaySeconds", " 6"),
      ("DelaySeconds", "1.5"), ("MaximumMessageSize", "1023"), ("MaximumMessageSize", "1048577"),
      ("MessageRetentionPeriod", "59"), ("ReceiveMessageWaitTimeSeconds", "21"), ("SqsManagedSseEnabled", "maybe"),
      ("KmsDataKeyReusePeriodSeconds", "59"), ("Policy", "{}"), ("Policy", "nonsense"),
    ])
  func ranges(_ name: String, _ value: String) {
    var settings = QueueSettings()
    #expect {
      try settings.apply([name: value])
    } throws: { error in
      let error = error as? AWSError
      return error?.code == "InvalidAttributeValue" && error?.message == "Invalid value for the parameter \(name)."
    }
  }

  @Test(
    "attributes that don't exist, are computed, or are of FIFO queues are unknown",
    arguments: ["Nonsense", "QueueArn", "ApproximateNumberOfMessages", "FifoQueue", "ContentBasedDeduplication"])
  func unknown(_ name: String) {
    var settings = QueueSettings()
    #expect {
      try settings.apply([name: "true"])
    } throws: { error in (error as? AWSError)?.message == "Unknown Attribute \(name)." }
  }

  @Test("a key switches SSE-SQS off, and both together are refused")
  func encryption() throws {
    var settings = QueueSettings()
    try settings.apply(["KmsMasterKeyId": "alias/aws/sqs"])
    #expect(settings.texts["SqsManagedSseEnabled"] == "false")
    #expect(settings.texts["KmsDataKeyReusePeriodSeconds"] == "300")
    #expect(throws: AWSError.self) { try settings.apply(["SqsManagedSseEnabled": "true"]) }
  }

  @Test(
    "redrive policies are refused in AWS's words",
    arguments: [
      ("[]", "Redrive policy is not a valid JSON map."),
      ("{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:d\"}", "mandatory attribute: maxReceiveCount."),
      ("{\"maxReceiveCount\":3}", "mandatory attribute: deadLetterTargetArn."),
      (
        "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:d\",\"maxReceiveCount\":1001}",
        "Invalid value for maxReceiveCount: 1001, valid values are from 1 to 1000 both inclusive."
      ),
      ("{\"deadLetterTargetArn\":\"dummy\",\"maxReceiveCount\":42}", "Invalid value for deadLetterTargetArn."),
    ])
  func redrive(_ text: String, _ reason: String) {
    #expect {
      try RedrivePolicy(text)
    } throws: { error in (error as? AWSError)?.message.hasSuffix(reason) ?? false }
  }

  @Test("a redrive allow policy names its sources only by queue")
  func redriveAllow() throws {
    #expect(try RedriveAllowPolicy("{\"redrivePermission\":\"allowAll\"}").allows("arn:x"))
    #expect(try !RedriveAllowPolicy("{\"redrivePermission\":\"denyAll\"}").allows("arn:x"))
    let byQueue = try RedriveAllowPolicy("{\"redrivePermission\":\"byQueue\",\"sourceQueueArns\":[\"arn:x\"]}")
    #expect(byQueue.allows("arn:x") && !byQueue.allows("arn:y"))
    for text in [
      "{\"redrivePermission\":\"byQueue\"}", "{\"redrivePermission\":\"allowAll\",\"sourceQueueArns\":[\"arn:x\"]}",
      "{\"redrivePermission\":\"some\"}", "[]", "{\"redrivePermission\":\"denyAll\",\"more\":1}",
    ] { #expect(throws: AWSError.self) { try RedriveAllowPolicy(text) } }
  }

  @Test("creating a queue again is idempotent with the same values only")
  func idempotence() async throws {
    let lab = try Lab()
    try await lab.create("q", ["DelaySeconds": "5"])
    try await lab.create("q")
    try await lab.create("q", ["DelaySeconds": "5"])
    let error = await lab.failure(
      Creating.create, CreateQueueRequest(queueName: "q", attributes: ["DelaySeconds": "6"]))
    #expect(error?.code == "QueueNameExists")
    #expect(
      error?.message == "A queue already exists with the same name and a different value for attribute DelaySeconds")
  }

  @Test("a deleted queue's name is free after a minute, and its messages are gone")
  func recreate() async throws {
    let lab = try Lab()
    try await lab.create("q")
    try await lab.send("q", "old")
    _ = try await lab.call(Creating.delete, DeleteQueueRequest(queueUrl: "q"))
    #expect(await lab.failure(Creating.delete, DeleteQueueRequest(queueUrl: "q"))?.code == "QueueDoesNotExist")
    lab.advance(seconds: 59)
    #expect(await lab.failure(Creating.create, CreateQueueRequest(queueName: "q"))?.code == "QueueDeletedRecently")
    lab.advance(seconds: 1)
    try await lab.create("q")
    #expect(try await lab.bodies("q") == [])
    #expect(try await lab.numbers("q") == [0, 0, 0])
  }

  @Test("a purge takes everything, once a minute")
  func purge() async throws {
    let lab = try Lab()
    try await lab.create("q")
    for number in 0..<20 { try await lab.send("q", "\(number)") }
    let inFlight = try await lab.receive("q", max: 1)[0]
    _ = try await lab.call(Attributes.purge, PurgeQueueRequest(queueUrl: "q"))
    #expect(try await lab.numbers("q") == [0, 0, 0])
    try await lab.delete("q", inFlight)
    let error = await lab.failure(Attributes.purge, PurgeQueueRequest(queueUrl: "q"))
    #expect(error?.message == "Only one PurgeQueue operation on q is allowed every 60 seconds.")
    lab.advance(seconds: 60)
    try await lab.send("q", "new")
    _ = try await lab.call(Attributes.purge, PurgeQueueRequest(queueUrl: "q"))
    #expect(try await lab.bodies("q") == [])
    let left = try await lab.store.transact { transaction throws(AWSError) in
      try transaction.count(MessageRecord.self, in: Scope(.first, .usEast1))
    }
    #expect(left == 0)
  }

  @Test("AddPermission writes the statement AWS writes, and RemovePermission takes it out")
  func permissions() async throws {
    let lab = try Lab()
    try await lab.create("q")
    func policy() async throws -> String? {
      try await lab.call(Attributes.get, GetQueueAttributesRequest(queueUrl: "q", attributeNames: ["Policy"]))
        .attributes?["Policy"]
    }
    let grant = AddPermissionRequest(
      queueUrl: "q", label: "one", awsAccountIds: ["111111111111"], actions: ["ReceiveMessage"])
    _ = try await lab.call(Permissions.add, grant)
    #expect(
      try await policy() == """
        {"Version":"2008-10-17","Id":"arn:aws:sqs:us-east-1:000000000000:q/SQSDefaultPolicy","Statement":[\
        {"Sid":"one","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},"Action":"SQS:ReceiveMessage",\
        "Resource":"arn:aws:sqs:us-east-1:000000000000:q"}]}
        """)
    #expect(
      await lab.failure(Permissions.add, grant)?.message
        == "Value one for parameter Label is invalid. Reason: Already exists.")
    var second = grant
    second.label = "two"
    _ = try await lab.call(Permissions.add, second)
    _ = try await lab.call(Permissions.remove, RemovePermissionRequest(queueUrl: "q", label: "one"))
    #expect(try await policy()?.contains("\"one\"") == false)
    _ = try await lab.call(Permissions.remove, RemovePermissionRequest(queueUrl: "q", label: "two"))
    #expect(try await policy() == nil)
    #expect(
      await lab.failure(Permissions.remove, RemovePermissionRequest(queueUrl: "q", label: "two"))?.message
        == "Value two for parameter Label is invalid. Reason: can't find label.")
    var owned = grant
    owned.actions = ["CreateQueue"]
    #expect(await lab.failure(Permissions.add, owned)?.message.contains("Only the queue owner") == true)
    owned.actions = Array(repeating: "SendMessage", count: 8)
    #expect(
      await lab.failure(Permissions.add, owned)?.message == "8 Actions were found, maximum allowed is 7.")
  }

  @Test("lists come in pages")
  func pages() async throws {
    let lab = try Lab()
    for number in 0..<5 { try await lab.create("q\(number)") }
    try await lab.create("other")
    let all = try await lab.call(Finding.list, ListQueuesRequest())
    #expect(all.queueUrls?.count == 6 && all.nextToken == nil)
    let first = try await lab.call(Finding.list, ListQueuesRequest(queueNamePrefix: "q", maxResults: 3))
    #expect(first.queueUrls?.first == "http://localhost:4566/000000000000/q0")
    let second = try await lab.call(
      Finding.list, ListQueuesRequest(queueNamePrefix: "q", nextToken: first.nextToken, maxResults: 3))
    #expect(second.queueUrls?.map { String($0.suffix(2)) } == ["q3", "q4"] && second.nextToken == nil)
    #expect(try await lab.call(Finding.list, ListQueuesRequest(queueNamePrefix: "none")).queueUrls == nil)
  }
}
