import java.util.UUID
import kotlin.system.exitProcess
import kotlinx.coroutines.runBlocking
import org.stillpoint.client.apis.EventsApi
import org.stillpoint.client.apis.InvitationsApi
import org.stillpoint.client.apis.MeApi
import org.stillpoint.client.apis.PausesApi
import org.stillpoint.client.apis.RelationshipsApi
import org.stillpoint.client.infrastructure.ApiClient
import org.stillpoint.client.infrastructure.HttpResponse
import org.stillpoint.client.models.PauseKind
import org.stillpoint.client.models.Problem
import org.stillpoint.client.models.RaisePauseRequest
import io.ktor.util.reflect.typeInfo

/** One person's login, and the parts of the API that it is for. */
private class Login(url: String, token: String) {
  val me = MeApi(url).with(token)
  val relationships = RelationshipsApi(url).with(token)
  val invitations = InvitationsApi(url).with(token)
  val pauses = PausesApi(url).with(token)
  val events = EventsApi(url).with(token)

  private fun <A : ApiClient> A.with(token: String) = apply { setBearerToken(token) }
}

fun main(args: Array<String>) {
  val (sandbox, ana, ben, strange, calls) = args
  runBlocking {
    tap(Login(sandbox, ana), Login(sandbox, ben))
    readStrangeAnswers(strange, calls) { (it as HttpResponse<*>).body() }
  }
  // The threads of the HTTP clients would wait for more to do.
  exitProcess(0)
}

private suspend fun tap(ana: Login, ben: Login) {
  ana.me.attestAdult()
  ben.me.attestAdult()
  val us = ana.relationships.createRelationship().body().id
  val key = UUID.randomUUID().toString()
  val invitation = ana.invitations.createInvitation(us, idempotencyKey = key).body()
  expect(invitation, ana.invitations.createInvitation(us, idempotencyKey = key).body())
  val preview = ben.invitations.previewInvitation(invitation.code)
  val seen = preview.response.headers["ETag"]!!
  ben.invitations.acceptInvitation(invitation.code, ifMatch = seen)

  val pause = ana.pauses.raisePause(us, raisePauseRequest = RaisePauseRequest(kind = PauseKind.RED)).body()
  expect("active", pause.state)
  expect(pause, ana.pauses.raisePause(us).body())
  val raised = ben.events.listEvents().body().data.single { it.type == "pause.raised" }
  expect(pause.id, raised.resource.id)
  expect("red", ben.pauses.getPause(us, raised.resource.id).body().kind)
  val refused = ben.pauses.liftPause(us, pause.id)
  expect(false, refused.success)
  expect("pause-not-yours-to-lift", refused.typedBody<Problem>(typeInfo<Problem>()).code)
  expect("lifted", ana.pauses.liftPause(us, pause.id).body().state)

  ana.pauses.raisePauseWithId(us, UUID.randomUUID().toString())
  val first = ben.pauses.listPauses(us, limit = 1).body()
  val second = ben.pauses.listPauses(us, limit = 1, cursor = first.nextCursor).body()
  expect(listOf(true, false), listOf(first.hasMore, second.hasMore))
  expect(pause.id, second.data.single().id)
}
