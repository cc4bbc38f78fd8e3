import AsyncHTTPClient
import Checksums
import Cloud
import Foundation
import NIOCore
import NIOHTTP1
import Wire

/// Posts to HTTP and HTTPS endpoints.
struct WebEndpoint {
  /// AWS: SNS developer guide, "Make sure your endpoint is ready to process Amazon SNS messages": an endpoint has 15 seconds.
  private static let patience = TimeAmount.seconds(15)

  /// Lives as long as the program. A refused connection is a failed attempt: the delivery policy says when there is another.
  private static let client: HTTPClient = {
    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
    configuration.timeout.connect = patience
    configuration.connectionPool.retryConnectionEstablishment = false
    return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }()

  /// Posts a parcel.
  func deliver(_ parcel: Parcel) async -> Attempt {
    let message = parcel.message
    var headers = [
      ("x-amz-sns-message-type", "Notification"), ("x-amz-sns-message-id", message.id),
      ("x-amz-sns-topic-arn", message.topicARN), ("x-amz-sns-subscription-arn", parcel.subscriptionARN),
    ]
    if parcel.record.settings.isRaw { headers.append(("x-amz-sns-rawdelivery", "true")) }
    return await post(
      parcel.body, to: parcel.record.endpoint, headers,
      contentType: parcel.subscription.delivery.contentType ?? DeliveryPolicy.standardContentType)
  }

  /// Posts a handshake.
  func deliver(_ handshake: Handshake, _ body: String) async -> Attempt {
    var headers = [
      ("x-amz-sns-message-type", handshake.occasion.rawValue), ("x-amz-sns-message-id", handshake.messageID),
      ("x-amz-sns-topic-arn", handshake.topicARN),
    ]
    if handshake.occasion == .unsubscribing {
      headers.append(("x-amz-sns-subscription-arn", handshake.subscriptionARN))
    }
    return await post(body, to: handshake.endpoint, headers, contentType: DeliveryPolicy.standardContentType)
  }

  private func post(
    _ body: String, to endpoint: String, _ headers: [(String, String)], contentType: String
  ) async -> Attempt {
    guard let (url, credentials) = WebEndpoint.parts(of: endpoint) else { return .refused("\(endpoint) is no URL") }
    var request = HTTPClientRequest(url: url)
    request.method = .POST
    for (name, value) in headers { request.headers.add(name: name, value: value) }
    request.headers.add(name: "Content-Type", value: contentType)
    request.headers.add(name: "User-Agent", value: "Amazon Simple Notification Service Agent")
    if let credentials { request.headers.add(name: "Authorization", value: "Basic \(credentials)") }
    request.body = .bytes(ByteBuffer(string: body))
    do {
      let response = try await WebEndpoint.client.execute(request, timeout: WebEndpoint.patience)
      let status = response.status.code
      // What it answers is of no use, but a body that is read leaves the connection to be used again.
      _ = try? await response.body.collect(upTo: 1 << 16)
      return WebEndpoint.attempt(status: status)
    } catch { return .failed("\(error)") }
  }

  /// AWS: SNS developer guide, as above and "Amazon SNS message delivery retries": 4xx answers are not tried again.
  /// unverified: 429 is.
  static func attempt(status: UInt) -> Attempt {
    switch status {
    case 200..<400: .delivered
    case 429: .failed("HTTP \(status)")
    case 400..<500: .refused("HTTP \(status)")
    default: .failed("HTTP \(status)")
    }
  }

  /// The URL without user and password, and these as HTTP's basic authentication has them.
  static func parts(of endpoint: String) -> (url: String, credentials: String?)? {
    guard var parts = URLComponents(string: endpoint), parts.host?.isEmpty == false else { return nil }
    guard let user = parts.user else { return (endpoint, nil) }
    let credentials = Base64.encode(Array("\(user):\(parts.password ?? "")".utf8))
    parts.user = nil
    parts.password = nil
    return parts.string.map { ($0, credentials) }
  }
}
